import { expect, test } from "vitest";
import { treeOf, within } from "./tree";

const place = (code: string, parent: string | null, name = code) => ({
  code,
  name,
  parent,
  retired: false,
  edited: false,
});
const PLACES = [
  place("3-2", "3", "二单元"),
  place("3-10", "3", "十单元"),
  place("site", null, "小区"),
  place("3", "site", "3 栋"),
  place("10", "site", "10 栋"),
];

test("each place stands below the one it lies in, numbers as people count", () => {
  expect(treeOf(PLACES).map((one) => [one.code, one.depth])).toEqual([
    ["site", 0],
    ["3", 1],
    ["3-2", 2],
    ["3-10", 2],
    ["10", 1],
  ]);
  expect(treeOf(PLACES).find((one) => one.code === "3-2")?.path).toEqual(["小区", "3 栋", "二单元"]);
});

test("nothing is lost that lies in a ring or below what nobody knows", () => {
  const odd = [place("a", "b"), place("b", "a"), place("c", "nowhere")];
  expect(
    treeOf(odd)
      .map((one) => one.code)
      .sort(),
  ).toEqual(["a", "b", "c"]);
});

test("a place is within itself, and so is what lies below", () => {
  expect([...within(PLACES, "3")].sort()).toEqual(["3", "3-10", "3-2"]);
});
