import { expect, test } from "vitest";
import { parse } from "../app/route";
import { addressOf, rowsOf } from "./paper";

test.each([
  [[12, 7], { number: [7, 12] }],
  [{ open: true }, { open: true }],
  [{}, {}],
  [
    { status: ["accepted" as const], place: "bldg-1", q: "3.5 吨/水 & 泥", open: true },
    { status: ["accepted"], place: "bldg-1", q: "3.5 吨/水 & 泥", open: true },
  ],
])("the address of %o says the same again", (rows, read) =>
  expect(rowsOf(parse(addressOf(rows)).parts)).toEqual(read));

test.each([[["2026-11"]], [[]]])("%o is a month", (parts) => expect(rowsOf(parts)).toBeNull());

test("what is no number is left out", () =>
  expect(rowsOf(["selected", "7-x--9"])).toEqual({ number: [7, 9] }));
