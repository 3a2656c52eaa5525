import { beforeAll, expect, test } from "vitest";
import { setClock } from "./clock";
import { remember } from "../app/settings";
import { age, clockTime, day, due, fromCivil, moment } from "./format";
import { typedMoment } from "./typed";

const NOW = Date.parse("2026-11-23T20:12:00Z"); // 04:12 on the 24th in Shanghai

beforeAll(() => setClock({ now: "2026-11-23T20:12:00Z", speed: 1 }, "Asia/Shanghai"));

test("times are the site's, not the workstation's", () => {
  expect(day(NOW)).toBe("2026-11-24");
  expect(clockTime(NOW, false)).toBe("04:12");
  expect(moment(NOW - 6 * 3_600_000, NOW, false)).toBe("23 Nov 22:12");
  expect(fromCivil("2026-11-24T04:12:00")).toBe(NOW);
});

test("a day is written as the language writes it, with its year when it is another", () => {
  const before = Date.parse("2025-12-31T10:00:00Z");
  expect(moment(before, NOW, false)).toBe("31 Dec 2025 18:00");
  remember({ language: "zh" });
  expect(moment(NOW - 6 * 3_600_000, NOW, false)).toBe("11月23日 22:12");
  expect(due(Date.parse("2026-11-24T16:00:00Z"), NOW - 86_400_000)).toBe("11月24日 24:00");
  expect(moment(before, NOW, false)).toBe("2025年12月31日 18:00");
  remember({ language: null });
});

test("a civil time in a zone with summer time is found on both sides of the change", () => {
  expect(fromCivil("2026-03-29T03:30:00", "Europe/Berlin")).toBe(
    Date.parse("2026-03-29T01:30:00Z"),
  );
  expect(fromCivil("2026-03-29T01:30:00", "Europe/Berlin")).toBe(
    Date.parse("2026-03-29T00:30:00Z"),
  );
});

test.each([
  ["0410", "past", "2026-11-23T20:10:00Z"],
  ["22:00", "past", "2026-11-23T14:00:00Z"],
  ["3:00", "future", "2026-11-24T19:00:00Z"],
  ["+2h", "future", "2026-11-23T22:12:00Z"],
  ["11-24 09:00", "future", "2026-11-24T01:00:00Z"],
] as const)("%s in the %s is read", (typed, direction, expected) => {
  expect(typedMoment(typed, NOW, direction)).toBe(Date.parse(expected));
});

test.each(["25:00", "0460", "02-30 10:00", "soon", ""])("%s is refused", (typed) => {
  expect(typedMoment(typed, NOW, "past")).toBeNull();
});

test("an age counts up without changing its form under the eye", () => {
  expect(age(14_000)).toBe("00:14");
  expect(age(3_662_000)).toBe("1:01:02");
});
