import type { MonthLine, MonthReport } from "../api/contract";
import { named, t } from "../words/words";
import { cellOf, nameOf, percent, sum } from "./cells";
import { Number } from "./Number";

const SHOWN = [
  "told",
  "problems",
  "found_staff",
  "found_device",
  "found_customer",
  "found_unknown",
  "on_the_spot",
  "escalations",
  "missed",
  "complaints",
  "grievances",
  "praises",
  "promises_broken",
] as const;
const OF_DEVICES = ["told", "dismissed", "stale", "standing"] as const;

interface PartTableProps {
  report: MonthReport;
  dimension: string;
  lines: readonly MonthLine[];
}

/** The month by one dimension: rows add up to the whole. */
export function PartTable({ report, dimension, lines }: PartTableProps) {
  if (lines.length === 0) return null;
  const devices = dimension === "device";
  const measures: readonly string[] = devices ? OF_DEVICES : SHOWN;
  return (
    <section data-testid={`part-${dimension}`}>
      <h3>{named("month.table", devices ? "devices" : dimension)}</h3>
      <div className="month-wide">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("month.column.key")}</th>
              {devices ? null : <th>{t("measure.found_first")}</th>}
              {devices ? null : <th>{t("measure.repeat_rate")}</th>}
              {measures.map((measure) => (
                <th key={measure}>{named("measure", measure)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <td>{nameOf(report, dimension, line.key)}</td>
                {devices ? null : <td>{percent(line.found_first)}</td>}
                {devices ? null : <td>{percent(line.repeat_rate)}</td>}
                {measures.map((measure) => (
                  <td key={measure}>
                    <Number
                      month={report.month}
                      cell={cellOf(dimension, measure, line.key)}
                      n={sum(report, line, measure)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
