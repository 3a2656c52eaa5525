import { expect, test } from "vitest";
import { besideCell, climbsLater, mayEdit } from "./cells";

test.each([
  ["category", 1, "urgency"],
  ["urgency", 1, "handler"],
  ["handler", 1, null],
  ["category", -1, null],
] as const)("beside %s, %i: %s", (cell, step, beside) => expect(besideCell(cell, step)).toBe(beside));

test.each([
  ["urgent", "ordinary", true],
  ["life_safety", "urgent", true],
  ["ordinary", "urgent", false],
  ["urgent", "urgent", false],
] as const)("from %s to %s climbs later: %s", (before, after, later) =>
  expect(climbsLater(before, after)).toBe(later));

test.each([
  ["forwarded", false],
  ["accepted", true],
  ["assigned", true],
  ["handled", false],
  ["closed", false],
] as const)("%s: edited in place: %s", (status, edited) => expect(mayEdit({ status })).toBe(edited));
