import type { MonthReport } from "../api/contract";
import { t } from "../words/words";
import { cellOf, percent, sum } from "./cells";
import { Number } from "./Number";
import "./month.css";

interface RatesProps {
  report: MonthReport;
  /** The same rates of the month before, in words. */
  foundBefore?: string | null;
  repeatBefore?: string | null;
}

/** 一.1 and 一.2: the two numbers that say whether the scheme works, and what they divide. */
export function Rates({ report, foundBefore, repeatBefore }: RatesProps) {
  const { whole } = report;
  const found = sum(report, whole, "found_staff") + sum(report, whole, "found_device");
  return (
    <div className="month-rates">
      <Rate
        name="found_first"
        rate={whole.found_first}
        before={foundBefore}
        month={report.month}
        parts={[
          ["found_first", found],
          ["problems", sum(report, whole, "problems")],
        ]}
      />
      <Rate
        name="repeat_rate"
        rate={whole.repeat_rate}
        before={repeatBefore}
        month={report.month}
        parts={[
          ["repeaters", sum(report, whole, "repeaters")],
          ["customers", sum(report, whole, "customers")],
        ]}
      />
    </div>
  );
}

interface RateProps {
  name: "found_first" | "repeat_rate";
  rate: number | null;
  before: string | null | undefined;
  month: string;
  /** What is divided by what, each with the measure that opens its issues. */
  parts: readonly [readonly [string, number], readonly [string, number]];
}

function Rate({ name, rate, before, month, parts: [above, below] }: RateProps) {
  return (
    <div data-testid={name.replace("_", "-")}>
      <h3>{t(`measure.${name}`)}</h3>
      <strong>{percent(rate)}</strong>
      <p className="quiet">
        <Number month={month} cell={cellOf("all", above[0], "")} n={above[1]} /> ÷{" "}
        <Number month={month} cell={cellOf("all", below[0], "")} n={below[1]} />
        {before ? <span> · {t("overview.before", { share: before })}</span> : null}
      </p>
    </div>
  );
}
