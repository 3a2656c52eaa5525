import { refused } from "../refused";
import type { Reading } from "../reading";
import { noNet } from "../reading";
import { shown, siteAt } from "../time";
import { t } from "../words";

/** What is old says since when it is. */
export function Asof({ reading }: { reading: Reading<unknown> }) {
  if (!reading.problem) return null;
  return (
    <p className="bar warn" data-testid="as-of">
      {noNet(reading.problem) ? t("phone.no_net") : refused(reading.problem)}
      {reading.at ? ` · ${t("phone.as_of", { time: shown(siteAt(reading.at)) })}` : ""}
    </p>
  );
}
