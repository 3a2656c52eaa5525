import type { Report } from "../api/contract";
import { Bar } from "../parts/Bar";
import { realSeconds, siteNow, useNow } from "../time/clock";
import { clockTime } from "../time/format";
import { named, t } from "../words/words";

/** What became of its hold: put aside, back by itself, or another is asked to take it. */
export function HoldLines({ report }: { report: Report }) {
  useNow();
  const { parked, back, offer } = report;
  return (
    <>
      {parked ? (
        <Bar testId="parked">
          {t("work.parked", {
            name: parked.by.name,
            at: clockTime(Date.parse(parked.until)),
            reason: parked.reason,
          })}
        </Bar>
      ) : null}
      {back ? (
        <Bar tone="warn" testId="back">
          {t("work.back", {
            words: named("back", back.why),
            name: back.by.name,
            at: clockTime(Date.parse(back.at)),
          })}
        </Bar>
      ) : null}
      {offer && !offer.to_me ? (
        <Bar testId="offered">
          {t("offer.waiting", {
            name: offer.to.name,
            seconds: realSeconds(Date.parse(offer.until) - siteNow()),
          })}
        </Bar>
      ) : null}
    </>
  );
}
