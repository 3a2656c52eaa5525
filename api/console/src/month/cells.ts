import type { MonthLine, MonthReport } from "../api/contract";
import { both, named, t } from "../words/words";

/** The cell of a sum: its issues are as many as the number says. */
export function cellOf(dimension: string, measure: string, key: string): string {
  return `${dimension}.${measure}.${encodeURIComponent(key)}`;
}

/** Where a number opens its issues. */
export function addressOf(month: string, cell: string): string {
  return `/months/${month}/${encodeURIComponent(cell)}`;
}

/** One sum of a line; the two rates stand beside the sums and not among them. */
export function sum(report: MonthReport, line: MonthLine, measure: string): number {
  return line.counts[report.measures.indexOf(measure)] ?? 0;
}

/** What people call a key of a dimension. */
export function nameOf(report: MonthReport, dimension: string, key: string): string {
  if (!key) return t("month.said.nobody");
  const known = report.names[dimension]?.[key];
  if (typeof known === "string") return known;
  if (known) return both({ zh: known.zh ?? key, en: known.en ?? key });
  return named(dimension, key);
}

/** A share of one as people read it. */
export function percent(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}
