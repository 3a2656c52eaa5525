import type { ChartSpec, Series } from "../charts/spec";
import type { MonthReport } from "../api/contract";
import type { Answer } from "../api/routes";
import { named } from "../words/words";
import { addressOf, cellOf, nameOf, sum } from "./cells";

type Months = Answer<"/api/v1/months">;

/** A year is seen at a glance; what lies before stands in the list of months. */
const MONTHS = 12;
/** A list of the greatest is a list of ten. */
const GREATEST = 10;
export const FOUND = ["found_staff", "found_device", "found_customer", "found_unknown"] as const;

/** What each panel asks month by month: parts of one sum, or things of one kind. */
export const ASKED_OF: Readonly<Record<string, readonly string[]>> = {
  feedback: ["judged_solved", "judged_not_solved"],
  recordings: ["reviews_handled", "reviews_not_handled", "reviews_cannot_tell"],
  counts: FOUND,
  complaints: ["complaints", "grievances"],
  inspections: ["inspected_in_order", "inspected_found", "inspected_not_handled"],
};

/** One of the two rates over the last twelve months; each point opens what it counts (一.1, 一.2). */
export function trendOf(months: Months, rate: "found_first" | "repeat_rate"): ChartSpec {
  const items = lately(months);
  const measure = rate === "found_first" ? "found_first" : "repeaters";
  return {
    kind: "line",
    share: true,
    labels: items.map((one) => one.month),
    series: [
      {
        name: named("measure", rate),
        values: items.map((one) => one[rate]),
        to: items.map((one) => addressOf(one.month, cellOf("all", measure, ""))),
      },
    ],
  };
}

/** A panel's sums month by month: those of the units, nobody's included, are those of the whole. */
export function panelOf(months: Months, panel: string): ChartSpec {
  const items = lately(months);
  const seriesOf = (measure: string): Series => {
    const at = months.measures.indexOf(measure);
    return {
      name: named("measure", measure),
      values: items.map((one) => one.units.reduce((n, unit) => n + (unit.counts[at] ?? 0), 0)),
      to: items.map((one) => addressOf(one.month, cellOf("all", measure, ""))),
    };
  };
  return {
    kind: "stack",
    labels: items.map((one) => one.month),
    series: (ASKED_OF[panel] ?? []).map(seriesOf),
  };
}

/** Who found the problems of each unit. */
export function unitsOf(report: MonthReport): ChartSpec {
  const lines = (report.parts["unit"] ?? []).filter((line) => sum(report, line, "problems") > 0);
  return {
    kind: "stack",
    labels: lines.map((line) => nameOf(report, "unit", line.key)),
    series: FOUND.map((measure) => ({
      name: named("measure", measure),
      values: lines.map((line) => sum(report, line, measure)),
      to: lines.map((line) => addressOf(report.month, cellOf("unit", measure, line.key))),
    })),
  };
}

/** The ten keys of a dimension with most problems. */
export function greatestOf(report: MonthReport, dimension: "category" | "place"): ChartSpec {
  const lines = (report.parts[dimension] ?? [])
    .map((line) => ({ key: line.key, n: sum(report, line, "problems") }))
    .filter((line) => line.n > 0)
    .sort((a, b) => b.n - a.n)
    .slice(0, GREATEST);
  return {
    kind: "bars",
    labels: lines.map((line) => nameOf(report, dimension, line.key)),
    series: [
      {
        name: named("measure", "problems"),
        values: lines.map((line) => line.n),
        to: lines.map((line) => addressOf(report.month, cellOf(dimension, "problems", line.key))),
      },
    ],
  };
}

/** The median from report to acceptance by channel, the slowest first. */
export function acceptanceOf(report: MonthReport): ChartSpec {
  const rows = report.acceptance
    .filter((one) => one.group.endsWith(":*") && !one.group.startsWith("*") && one.median !== null)
    .sort((a, b) => (b.median ?? 0) - (a.median ?? 0));
  return {
    kind: "bars",
    labels: rows.map((one) => named("channel", one.group.split(":")[0])),
    series: [
      {
        name: named("month.column", "median"),
        values: rows.map((one) => one.median),
        to: rows.map((one) => addressOf(report.month, one.cell)),
      },
    ],
  };
}

function lately(months: Months): Months["items"] {
  return months.items.slice(0, MONTHS).reverse();
}
