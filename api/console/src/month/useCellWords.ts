import type { MonthReport } from "../api/contract";
import { useCategories } from "../api/queries";
import { both, named, t } from "../words/words";
import { nameOf } from "./cells";

/** What a cell is called: `unit.problems.clean` → the table, the measure and the key, in words. */
export function useCellWords(report: MonthReport | undefined): (cell: string) => string {
  const { data: categories = [] } = useCategories();
  const keyOf = (dimension: string, key: string): string => {
    // A frozen month knows no name of a category that came into it later.
    const category = dimension === "category" && categories.find((one) => one.code === key);
    if (category) return both(category);
    return report ? nameOf(report, dimension, key) : named(dimension, key);
  };
  return (cell) => {
    const [first = "", second = "", ...rest] = cell.split(".");
    if (first === "t") return `${named("time", second)} ${rest.join(" ")}`;
    if (first === "s") return t("month.column.peak");
    const table = first === "all" ? "whole" : first === "device" ? "devices" : first;
    const head = `${named("month.table", table)} · ${named("measure", second)}`;
    return first === "all" ? head : `${head} · ${keyOf(first, decodeURIComponent(rest.join(".")))}`;
  };
}
