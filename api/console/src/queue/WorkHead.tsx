import type { Report } from "../api/contract";
import { AgeBar } from "../parts/AgeBar";
import { ClassMark } from "../parts/ClassMark";
import { Link } from "../app/Link";
import { OnPlan } from "../plans/OnPlan";
import { useNow } from "../time/clock";
import { age, moment } from "../time/format";
import { named, t } from "../words/words";
import { handsetOf, headline, pathOf } from "./title";

/** What and where, large; how long; who has it. */
export function WorkHead({ report }: { report: Report }) {
  const now = useNow();
  const received = Date.parse(report.received_at);
  const told = Date.parse(report.told_at);
  const seconds = Math.max(0, (now - received) / 1000);
  const { warn_seconds: warn, limit_seconds: limit } = report.age_limits;
  return (
    <header className={`work-head work-${report.cls}`}>
      <div className="work-title">
        <ClassMark cls={report.cls} />
        <h1>{headline(report)}</h1>
        {report.cls === "life_safety" ? (
          <span className="urgency urgency-life_safety">{t("cls.life_safety")}</span>
        ) : null}
        <span className="work-age">{age(seconds * 1000)}</span>
        {report.status === "reported" ? (
          <AgeBar seconds={seconds} warn={warn} limit={limit} />
        ) : null}
      </div>
      <p className="work-where">
        {[handsetOf(report), report.place ? pathOf(report.place.path) : t("place.unknown")]
          .filter(Boolean)
          .join(" / ")}
      </p>
      <p className="work-line">
        <Link to={`/issues/${report.issue}`}>#{report.issue}</Link>
        <OnPlan device={report.device?.code} />
        <span>{named("channel", report.channel)}</span>
        <span>{t("work.told_at", { at: moment(told, now) })}</span>
        {report.times_told > 1 ? <span>{t("row.told", { times: report.times_told })}</span> : null}
        {report.late ? <span className="tag">{t("work.late")}</span> : null}
        <b>{holderLine(report)}</b>
      </p>
      {report.words && report.event_type ? <p className="work-words">{report.words}</p> : null}
    </header>
  );
}

function holderLine(report: Report): string {
  if (report.status === "forwarded") return named("status", "forwarded");
  if (!report.claim) return t("row.unclaimed");
  return report.claim.mine ? t("row.mine") : t("work.held_by", { name: report.claim.by.name });
}
