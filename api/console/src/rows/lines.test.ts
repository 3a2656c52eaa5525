import { expect, test } from "vitest";
import { linesOf, rowsAbove, topOf } from "./lines";

const lines = linesOf(
  [
    { rows: [5, 6], title: 0 },
    { rows: [7], title: 30 },
  ],
  50,
  (row) => row,
);

test("parts lie below one another, a title where there is one", () => {
  expect(lines.map(({ key, part, place }) => [key, part, place])).toEqual([
    ["5", 0, 1],
    ["6", 0, 2],
    ["title-1", 1, 0],
    ["7", 1, 1],
  ]);
});

test.each([
  ["5", 0],
  ["6", 50],
  ["7", 130],
  ["8", null],
  [null, null],
])("the row %s begins at %s", (key, top) => expect(topOf(lines, key)).toBe(top));

test.each([
  [0, 0],
  [49, 0],
  [50, 1],
  [129, 2],
  [180, 3],
  [999, 3],
])("above %i pixels end %i rows", (pixels, rows) => expect(rowsAbove(lines, pixels)).toBe(rows));
