import { useQuery } from "@tanstack/react-query";
import { read } from "../api/client";
import { Link } from "../app/Link";
import { about, points } from "../merit/about";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { both, t } from "../words/words";

const SHOWN = 5;

/** Proposals that wait for the director (五.2): the first ones, and the way to the desk. */
export function Decide() {
  const { data, error } = useQuery({
    queryKey: ["merit", "waiting"],
    queryFn: () => read("/api/v1/merit/proposals", { limit: 100 }),
  });
  const items = data?.items ?? [];
  const objections = items.filter((one) => one.objection.state === "open").length;
  return (
    <section className="card" aria-label={t("overview.decide")} data-testid="overview-decide">
      <h2>
        <Link to="/merit">{t("overview.decide")}</Link>{" "}
        <span className="count">
          {items.length}
          {data?.next_cursor ? "+" : ""}
        </span>
        {objections > 0 ? (
          <span className="tag tag-danger">▲ {t("overview.objections", { n: objections })}</span>
        ) : null}
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data && items.length === 0 ? <Why words={t("overview.decide_none")} /> : null}
      <ul>
        {items.slice(0, SHOWN).map((one) => (
          <li key={one.number}>
            <b>{about(one)}</b> {points(one.points)} {both(one.sentence)}
          </li>
        ))}
      </ul>
      {items.length > 0 ? (
        <p>
          <Link to="/merit" testId="go-decide">
            {t("overview.decide_go")}
          </Link>
        </p>
      ) : null}
    </section>
  );
}
