import { Skeleton } from "antd";
import type { Escalation } from "../api/contract";
import { useEscalations } from "../api/queries";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { UrgencyMark } from "../parts/ClassMark";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { pathOf } from "../queue/title";
import { siteNow } from "../time/clock";
import { Due } from "../time/Due";
import { both, named, t } from "../words/words";
import type { Night } from "./coming";
import { NIGHTS, byNight, preventerOf } from "./coming";

/** So many of a night stand here; all of them are one click away. */
const SHOWN = 8;

/** Who is called in tonight and tomorrow unless somebody acts, and who still can (五.1(3)). */
export function Tonight() {
  const { data, error, isPending } = useEscalations("upcoming");
  const nights = byNight(data?.items ?? [], siteNow());
  return (
    <section className="card card-wide" aria-label={t("today.coming")} data-testid="coming">
      <h2>{t("today.coming")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data
        ? NIGHTS.filter((night) => night !== "later").map((night) => (
            <NightOf key={night} night={night} rows={nights[night]} />
          ))
        : null}
      {nights.later.length > 0 ? (
        <p className="quiet">
          <Link to="/escalations">{t("today.later", { n: nights.later.length })}</Link>
        </p>
      ) : null}
    </section>
  );
}

function NightOf({ night, rows }: { night: Night; rows: readonly Escalation[] }) {
  return (
    <div data-testid={night}>
      <h3>
        {t(`today.${night}` as "today.tonight")} <span className="count">{rows.length}</span>
      </h3>
      {rows.length === 0 ? <Why words={t(`today.${night}_none` as "today.tonight_none")} /> : null}
      {rows.length > 0 ? (
        <div className="wide">
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t("ladder.due_at")}</th>
                <th>{t("today.prevents")}</th>
                <th>{t("escalations.issue")}</th>
                <th>{t("column.place")}</th>
                <th>{t("escalations.who")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, SHOWN).map((row) => (
                <Coming key={`${row.issue.number}-${row.step.key}`} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {rows.length > SHOWN ? (
        <p>
          <Link to="/escalations">{t("today.all", { n: rows.length })}</Link>
        </p>
      ) : null}
    </div>
  );
}

function Coming({ row: { issue, step } }: { row: Escalation }) {
  const { name, act } = preventerOf(issue);
  return (
    <tr data-testid={`coming-${issue.number}`}>
      <td>
        <Due at={step.due_at} />
        {step.late ? <span className="tag tag-danger">◆ {t("ladder.late")}</span> : null}
      </td>
      <td>
        <b>{name ?? t("today.desk")}</b> <span className="quiet">{named("today.act", act)}</span>
      </td>
      <td>
        <Link to={`/issues/${issue.number}`}>#{issue.number}</Link>{" "}
        {both(issue.category) || t("issue.no_category")} <UrgencyMark urgency={issue.urgency} />
        <div className="quiet clip">{issue.words}</div>
      </td>
      <td>{issue.place ? pathOf(issue.place.path, 2) : t("place.unknown")}</td>
      <td>
        {step.to.map((role) => named("role", role)).join(t("join.comma"))}{" "}
        <span className="quiet">{step.rule}</span>
      </td>
    </tr>
  );
}
