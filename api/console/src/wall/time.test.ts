import { expect, test } from "vitest";
import { ageWords, clockWords } from "./time";

test("ages are as short as can be read from afar", () => {
  expect(ageWords(42_000)).toBe("0:42");
  expect(ageWords(725_000)).toBe("12:05");
  expect(ageWords(363_600_000)).toBe("101:00:00");
  expect(ageWords(-5)).toBe("0:00");
});

test("the clock is the site's", () => {
  expect(clockWords(Date.parse("2026-11-23T12:00:10Z"), "Asia/Shanghai")).toBe("20:00:10");
});
