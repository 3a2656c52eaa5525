import { useQuery } from "@tanstack/react-query";
import { read } from "../api/client";
import type { Pause } from "../api/contract";
import { useReviews } from "../api/queries";
import type { Answer } from "../api/routes";
import { Link } from "../app/Link";
import { UrgencyMark } from "../parts/ClassMark";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { PauseLine } from "../pauses/Decide";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { both, t } from "../words/words";

/** So many stand on the page; the rest is one click away. */
const SHOWN = 5;

/** Recordings that wait for a verdict, the one that is overwritten first at the top (五.2(3)②). */
export function Reviews() {
  const { data, error } = useReviews();
  const rows = data?.items ?? [];
  const late = rows.filter((one) => one.review.late).length;
  return (
    <section className="card" aria-label={t("today.reviews")} data-testid="today-reviews">
      <h2>
        <Link to="/reviews">{t("today.reviews")}</Link> <span className="count">{rows.length}</span>
        {late > 0 ? <span className="tag tag-danger">◆ {t("today.late", { n: late })}</span> : null}
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data && rows.length === 0 ? <Why words={t("review.none")} /> : null}
      <ul>
        {rows.slice(0, SHOWN).map(({ review, issue }) => (
          <li key={review.id}>
            <Link to={`/reviews/${issue.number}`}>#{issue.number}</Link> {both(issue.category)}{" "}
            <span className="quiet">{issue.place ? pathOf(issue.place.path, 2) : ""}</span>{" "}
            {t("review.due")} <Moment at={review.due_at} seconds={false} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Pauses somebody asks for; whoever asked never decides. */
export function PausesAsked() {
  const { data, error } = useQuery({
    queryKey: ["pauses", "asked"],
    queryFn: () => read("/api/v1/pauses", { state: "asked", limit: 200 }),
    refetchInterval: 30_000,
  });
  const rows = data?.items ?? [];
  return (
    <section className="card" aria-label={t("today.pauses")} data-testid="today-pauses">
      <h2>
        <Link to="/pauses">{t("today.pauses")}</Link> <span className="count">{rows.length}</span>
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data && rows.length === 0 ? <Why words={t("pauses.asked_none")} /> : null}
      {rows.slice(0, SHOWN).map((row) => (
        <Asked key={row.pause.id} {...row} />
      ))}
    </section>
  );
}

type Asked = Answer<"/api/v1/pauses">["items"][number];

function Asked({ pause, issue }: { pause: Pause; issue: Asked["issue"] }) {
  return (
    <div>
      <Link to={`/issues/${issue.number}`}>#{issue.number}</Link> {both(issue.category)}{" "}
      <UrgencyMark urgency={issue.urgency} />
      <PauseLine pause={pause} />
    </div>
  );
}

/** Planned samples nobody has gone to yet (五.2(3)⑤). */
export function Inspections() {
  const { data, error } = useQuery({
    queryKey: ["inspections"],
    queryFn: () => read("/api/v1/inspections", { limit: 200 }),
  });
  const open = data?.items.filter((one) => one.result === null) ?? [];
  return (
    <section className="card" aria-label={t("today.inspections")} data-testid="today-inspections">
      <h2>
        <Link to="/inspections">{t("today.inspections")}</Link>{" "}
        <span className="count">{open.length}</span>
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data && open.length === 0 ? (
        <Why words={t(data.items.length ? "today.inspections_done" : "inspections.none")} />
      ) : null}
      <ul>
        {open.slice(0, SHOWN).map((one) => (
          <li key={one.number}>
            <b>{pathOf(one.place.path, 2)}</b> {one.month} {one.inspector.name}{" "}
            {one.issue ? <Link to={`/issues/${one.issue}`}>#{one.issue}</Link> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
