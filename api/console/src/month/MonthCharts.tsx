import { useMemo } from "react";
import type { MonthReport } from "../api/contract";
import { Chart } from "../charts/Chart";
import { t, useLanguage } from "../words/words";
import { acceptanceOf, greatestOf, unitsOf } from "./specs";

/** What a month is asked first, drawn; each shape opens its issues. */
export function MonthCharts({ report }: { report: MonthReport }) {
  const language = useLanguage();
  const specs = useMemo(
    () =>
      [
        ["unit", unitsOf(report)],
        ["category", greatestOf(report, "category")],
        ["place", greatestOf(report, "place")],
        ["acceptance", acceptanceOf(report)],
      ] as const,
    // eslint-disable-next-line react-hooks/exhaustive-deps -- its words follow the language
    [report, language],
  );
  return (
    <div className="charts">
      {specs.map(([name, spec]) => (
        <Chart key={name} question={t(`ask.${name}`)} spec={spec} testId={`chart-${name}`} />
      ))}
    </div>
  );
}
