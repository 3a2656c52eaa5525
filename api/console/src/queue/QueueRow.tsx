import { memo } from "react";
import type { IssueRow, Report } from "../api/contract";
import { RepeatMark } from "../customers/RepeatMark";
import { AgeBar, waitOf } from "../parts/AgeBar";
import { ClassMark } from "../parts/ClassMark";
import { useNow } from "../time/clock";
import { age, clockTime } from "../time/format";
import { named, t } from "../words/words";
import { headline, placeLine } from "./title";

interface QueueRowProps {
  report: Report;
  selected: boolean;
  /** What the desk knows of it, once it is forwarded. */
  atDesk?: IssueRow | undefined;
  onSelect: (number: number) => void;
  /** Pixels from the beginning of the list. */
  top: number;
  /** Which of how many it is, for those who hear the list. */
  place: number;
  of: number;
}

/** One row: what, where, how long; who has it. Two lines, always the same height. */
export const QueueRow = memo(function QueueRow({
  report,
  selected,
  atDesk,
  onSelect,
  top,
  place,
  of,
}: QueueRowProps) {
  const now = useNow();
  const waited = waiting(report, atDesk, now);
  const wait = waitOf(waited.seconds, waited.warn, waited.limit);
  return (
    <li
      role="option"
      id={`report-${report.number}`}
      aria-selected={selected}
      aria-posinset={place}
      aria-setsize={of}
      style={{ top }}
      className={`row row-${wait} row-${report.cls}${report.claim?.mine ? " row-mine" : ""}`}
      onClick={() => onSelect(report.number)}
      data-number={report.number}
      data-testid={`queue-row-${report.number}`}
    >
      <ClassMark cls={report.cls} />
      <div className="row-what">
        <b>{headline(report)}</b>
        <span className="row-where">{placeLine(report)}</span>
      </div>
      <span className="row-age">{age(waited.seconds * 1000)}</span>
      <div className="row-state">
        <AgeBar {...waited} />
        <span>{stateLine(report, atDesk)}</span>
        {report.times_told > 1 ? (
          <span className="tag">{t("row.told", { times: report.times_told })}</span>
        ) : null}
        {report.explains > 0 ? (
          <span className="tag">{t("row.explains", { count: report.explains })}</span>
        ) : null}
        <RepeatMark before={report.told_before} />
        {report.returned ? <span className="tag">{t("row.returned")}</span> : null}
        {report.back ? <span className="tag">{named("back", report.back.why)}</span> : null}
        {report.late ? <span className="tag">{t("row.late")}</span> : null}
        <time className="row-clock">{clockTime(waited.since, false)}</time>
      </div>
    </li>
  );
});

interface Waiting {
  since: number;
  seconds: number;
  warn: number;
  limit: number;
}

function waiting(report: Report, atDesk: IssueRow | undefined, now: number): Waiting {
  const forwarded = atDesk?.forwarded_at ? Date.parse(atDesk.forwarded_at) : null;
  const since = forwarded ?? Date.parse(report.received_at);
  const seconds = Math.max(0, (now - since) / 1000);
  if (forwarded && atDesk?.accept_limit_at) {
    const limit = (Date.parse(atDesk.accept_limit_at) - forwarded) / 1000;
    return { since, seconds, warn: limit / 2, limit };
  }
  const { warn_seconds: warn, limit_seconds: limit } = report.age_limits;
  return { since, seconds, warn, limit };
}

function stateLine(report: Report, atDesk: IssueRow | undefined): string {
  if (report.status === "forwarded") {
    const limit = atDesk?.accept_limit_at;
    return limit
      ? t("row.accept_by", { at: clockTime(Date.parse(limit), false) })
      : named("status", report.status);
  }
  if (report.parked) {
    const at = clockTime(Date.parse(report.parked.until), false);
    return t("row.parked", { at, name: report.parked.by.name });
  }
  if (report.offer) return t("row.offered", { name: report.offer.to.name });
  if (report.claim) return report.claim.mine ? t("row.mine") : report.claim.by.name;
  return report.call ? named("call", report.call.state) : t("row.unclaimed");
}
