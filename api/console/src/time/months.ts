import { language } from "../words/words";
import { day } from "./format";

/** How far back months are offered: as far as their trends go. */
const YEARS = 5;

function locale(): string {
  return language() === "zh" ? "zh-CN" : "en-GB";
}

/** The months up to this one, the latest first: 2026-11, 2026-10. */
export function monthsUntil(last: string, earliest: string | null = null): string[] {
  const [year = 0, month = 1] = last.split("-").map(Number);
  const months = Array.from({ length: YEARS * 12 }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  );
  return earliest === null || months.includes(earliest) ? months : [...months, earliest];
}

/** The month of a moment, as the site counts days: on the first it begins at midnight there. */
export function monthOf(at: number, zone?: string): string {
  return day(at, zone).slice(0, 7);
}

/** A month in the language of the console, not the browser's: 2026年11月, November 2026. */
export function monthWords(month: string): string {
  const format = new Intl.DateTimeFormat(locale(), {
    year: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  return format.format(Date.parse(`${month}-01T00:00:00Z`));
}

/** The days of a month: 2026-11-01 and so on. */
export function daysOf(month: string): string[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const many = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: many }, (_, at) => `${month}-${String(at + 1).padStart(2, "0")}`);
}

/** A day with its weekday: 11月23日周一, Mon 23 Nov. */
export function dayWords(day: string): string {
  const format = new Intl.DateTimeFormat(locale(), {
    month: "short",
    day: "numeric",
    weekday: "short",
    timeZone: "UTC",
  });
  return format.format(Date.parse(`${day}T00:00:00Z`));
}
