import { monthWords, monthsUntil } from "../time/months";
import { t, useLanguage } from "../words/words";

interface MonthFieldProps {
  /** `2026-11`. */
  month: string;
  /** The latest that may be chosen. */
  last: string;
  onPick: (month: string) => void;
  label?: string;
}

/** Which month is shown, in the language of the console: a browser's own field has the browser's. */
export function MonthField({ month, last, onPick, label }: MonthFieldProps) {
  useLanguage();
  return (
    <select
      className="field field-month"
      value={month}
      aria-label={label ?? t("months.month")}
      onChange={(event) => onPick(event.target.value)}
      data-testid="month"
    >
      {monthsUntil(last, month).map((one) => (
        <option key={one} value={one}>
          {monthWords(one)}
        </option>
      ))}
    </select>
  );
}
