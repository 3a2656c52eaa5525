import { Skeleton } from "antd";
import { useEscalations } from "../api/queries";
import type { Escalation } from "../api/contract";
import { go } from "../app/route";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { UrgencyMark } from "../parts/ClassMark";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { both, named, t } from "../words/words";

/** Who will be called in, before it happens; and who was. */
export default function EscalationsPage() {
  return (
    <main className="page">
      <Steps state="upcoming" />
      <Steps state="fired" />
    </main>
  );
}

function Steps({ state }: { state: "upcoming" | "fired" }) {
  const { data, error, isPending } = useEscalations(state);
  const rows = data?.items ?? [];
  return (
    <section>
      <h2>
        {t(`escalations.${state}`)} <span className="quiet">{t(`escalations.${state}_note`)}</span>
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {!isPending && rows.length === 0 ? <Why words={t(`escalations.${state}_none`)} /> : null}
      {rows.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t(state === "upcoming" ? "ladder.due_at" : "ladder.fired_at")}</th>
              <th>{t("escalations.who")}</th>
              <th>{t("escalations.issue")}</th>
              <th>{t("column.place")}</th>
              <th>{t("column.status")}</th>
              <th>{t("escalations.prevents")}</th>
              <th>{t("escalations.rule")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <EscalationRow
                key={`${row.issue.number}-${row.step.key}-${row.step.due_at}`}
                row={row}
              />
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

function EscalationRow({ row: { issue, step } }: { row: Escalation }) {
  return (
    <tr
      onDoubleClick={() => go(`/issues/${issue.number}`)}
      data-testid={`escalation-${issue.number}`}
    >
      <td>
        <Moment at={step.fired_at ?? step.due_at} seconds={false} />
        {step.late ? <span className="tag tag-danger">{t("ladder.late")}</span> : null}
      </td>
      <td>
        {step.to.map((role) => named("role", role)).join(t("join.comma"))}
        {step.people.length > 0 ? (
          <div className="quiet">{step.people.map((one) => one.name).join(t("join.comma"))}</div>
        ) : null}
      </td>
      <td>
        <Link to={`/issues/${issue.number}`}>#{issue.number}</Link> {both(issue.category)}{" "}
        <UrgencyMark urgency={issue.urgency} />
        <div className="quiet clip">{issue.words}</div>
      </td>
      <td>{issue.place ? pathOf(issue.place.path, 2) : t("place.unknown")}</td>
      <td>{named("status", issue.status)}</td>
      <td>{issue.assigned_to?.name ?? issue.first_reporter?.name ?? t("issue.no_reporter")}</td>
      <td className="quiet">{step.rule}</td>
    </tr>
  );
}
