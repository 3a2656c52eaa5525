import { Link } from "../app/Link";
import { useNow } from "../time/clock";
import { moment } from "../time/format";
import { named, t } from "../words/words";
import type { Promised } from "./queries";
import "./promises.css";

const MARK = { owed: "○", kept: "✓", broken: "▲", kept_late: "△", withdrawn: "✕" } as const;

/** One promise in a line: how it stands, until when, to whom, what; and how it was kept. */
export function PromiseLine({ promise, linked = false }: { promise: Promised; linked?: boolean }) {
  const now = useNow();
  const at = moment(Date.parse(promise.due_at), now, false);
  return (
    <>
      <span className={promise.state === "broken" ? "tag tag-danger" : "tag"}>
        {MARK[promise.state]} {named("promise_state", promise.state)}
      </span>{" "}
      <b>{t("promise.until", { at })}</b> {promise.whom}
      {t("join.colon")}
      {promise.words || t("promise.comes")}{" "}
      {linked ? <Link to={`/issues/${promise.issue}`}>#{promise.issue}</Link> : null}{" "}
      <span className="quiet">
        {promise.kept
          ? `${t("promise.kept_by", {
              name: promise.kept.by.name,
              whom: promise.kept.whom,
              how: t(`told.${promise.kept.how}`),
            })} ${moment(Date.parse(promise.kept.told_at), now, false)}`
          : promise.by.name}
      </span>
      {promise.changes.map((one) => (
        <span key={one.at} className="quiet promise-change">
          {t(one.due_at ? "promise.moved" : "promise.withdrawn", {
            before: moment(Date.parse(one.due_before), now, false),
            at: one.due_at ? moment(Date.parse(one.due_at), now, false) : "",
            name: one.by.name,
            reason: one.reason,
          })}
          {one.customer_told ? null : <b> ▲ {t("promise.untold")}</b>}
        </span>
      ))}
    </>
  );
}
