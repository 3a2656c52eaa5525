import { afterEach, expect, test } from "vitest";
import { remember } from "../app/settings";
import { dayWords, daysOf, monthOf, monthWords, monthsUntil } from "./months";

afterEach(() => remember({ language: null }));

test("five years back, over the turns of the years", () => {
  const months = monthsUntil("2026-02");
  expect(months.slice(0, 3)).toEqual(["2026-02", "2026-01", "2025-12"]);
  expect(months).toHaveLength(60);
});

test("on the first of a month it is that month, though not yet in Greenwich", () => {
  expect(monthOf(Date.parse("2026-12-01T00:30:00+08:00"), "Asia/Shanghai")).toBe("2026-12");
  expect(monthOf(Date.parse("2026-11-30T23:30:00+08:00"), "Asia/Shanghai")).toBe("2026-11");
});

test("a month that is shown is among them, however old", () => {
  expect(monthsUntil("2026-02", "2019-05").at(-1)).toBe("2019-05");
  expect(monthsUntil("2026-02", "2025-12")).toHaveLength(60);
});

test.each([
  ["2026-02", 28],
  ["2024-02", 29],
  ["2026-12", 31],
])("%s has %i days", (month, days) => {
  expect(daysOf(month)).toHaveLength(days);
  expect(daysOf(month).at(-1)).toBe(`${month}-${days}`);
});

test.each([
  ["zh", "2026年11月", /^11月23日\s?周一$/],
  ["en", "November 2026", /^Mon,? 23 Nov$/],
] as const)("in %s by the console's language", (language, month, day) => {
  remember({ language });
  expect(monthWords("2026-11")).toBe(month);
  expect(dayWords("2026-11-23")).toMatch(day);
});
