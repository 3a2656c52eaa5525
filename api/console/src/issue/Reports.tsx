import type { Report } from "../api/contract";
import { ClassMark } from "../parts/ClassMark";
import { Fact, Facts } from "../parts/Facts";
import { HoldLines } from "../queue/HoldLines";
import { OnPlan } from "../plans/OnPlan";
import { headline, pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { CallRecord } from "./CallRecord";
import { Hints } from "./Hints";
import { Relays } from "./Relays";
import { Pictures } from "../review/Pictures";

/** Each telling of the issue: by which way, through whom, with which call. */
export function Reports({ reports }: { reports: readonly Report[] }) {
  return (
    <>
      {reports.map((report) => (
        <section key={report.number} className="report-card">
          <h3>
            <ClassMark cls={report.cls} /> {headline(report)}
            <span className="quiet"> {t("report.number", { number: report.number })}</span>
          </h3>
          <Facts>
            <Fact name={t("telling.channel")}>{named("channel", report.channel)}</Fact>
            <Fact name={t("fact.device")}>
              {report.device ? (
                <>
                  {report.device.name} <OnPlan device={report.device.code} />
                </>
              ) : null}
            </Fact>
            <Fact name={t("fact.subject")}>{report.subject}</Fact>
            <Fact name={t("fact.place")}>{report.place ? pathOf(report.place.path) : null}</Fact>
            <Fact name={t("fact.told_at")}>
              <Moment at={report.told_at} />
            </Fact>
            <Fact name={t("fact.received_at")}>
              {report.received_at === report.told_at ? null : <Moment at={report.received_at} />}
            </Fact>
            <Fact name={t("fact.times_told")}>
              {report.times_told > 1 ? report.times_told : null}
            </Fact>
          </Facts>
          <HoldLines report={report} />
          {report.pictures.length > 0 ? (
            <Pictures pictures={report.pictures} purpose="issue" />
          ) : null}
          {report.call ? <CallRecord call={report.call} /> : null}
          {report.relays.length > 0 ? <Relays relays={report.relays} /> : null}
          {report.hints.length > 0 ? <Hints hints={report.hints} /> : null}
        </section>
      ))}
    </>
  );
}
