import { useEscalations, useNotices } from "../api/queries";
import { Link } from "../app/Link";
import { UrgencyMark } from "../parts/ClassMark";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { useMe } from "../session/context";
import { Due } from "../time/Due";
import { Moment } from "../time/Moment";
import { both, t } from "../words/words";

const SHOWN = 5;

/** What I was called in for and have not said that I know. */
export function Called() {
  const { data, error } = useNotices();
  const open = data?.items.filter((one) => !one.acknowledged_at) ?? [];
  return (
    <section className="card" aria-label={t("overview.called")} data-testid="overview-called">
      <h2>
        <Link to="/notices">{t("overview.called")}</Link>{" "}
        <span className="count">{open.length}</span>
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data && open.length === 0 ? <Why words={t("overview.called_none")} /> : null}
      <ul>
        {open.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <Link to={`/issues/${one.issue}`}>#{one.issue}</Link> {both(one.reason)}{" "}
            <Moment at={one.at} seconds={false} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Steps whose next call goes to one of my roles, and which somebody can still prevent. */
export function ComingToMe() {
  const me = useMe();
  const { data, error } = useEscalations("upcoming");
  const mine = data?.items.filter(({ step }) => step.to.some((role) => me.roles.includes(role))) ?? [];
  return (
    <section className="card" aria-label={t("overview.coming")} data-testid="overview-coming">
      <h2>
        <Link to="/today">{t("overview.coming")}</Link> <span className="count">{mine.length}</span>
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data && mine.length === 0 ? <Why words={t("overview.coming_none")} /> : null}
      <ul>
        {mine.slice(0, SHOWN).map(({ issue, step }) => (
          <li key={`${issue.number}-${step.key}`}>
            <Due at={step.due_at} /> <Link to={`/issues/${issue.number}`}>#{issue.number}</Link>{" "}
            {both(issue.category)} <UrgencyMark urgency={issue.urgency} />
          </li>
        ))}
      </ul>
    </section>
  );
}
