import { expect, test } from "vitest";
import type { Queue } from "./contract";
import { aReport } from "../queue/examples";
import { withReport } from "./acts";

const queue: Queue = {
  items: [aReport({ number: 1 }), aReport({ number: 2 })],
  next_cursor: null,
  waiting: 2,
  forwarded: 0,
  storms: [],
};
const numbers = ({ items }: Queue) => items.map((one) => one.number);

test("a forwarded report stays in sight until the desk has it", () => {
  const after = withReport(queue, aReport({ number: 1, status: "forwarded" }));
  expect(numbers(after)).toEqual([1, 2]);
  expect([after.waiting, after.forwarded]).toEqual([1, 1]);
});

test("what was dismissed leaves, what was typed enters", () => {
  expect(numbers(withReport(queue, aReport({ number: 1, status: "dismissed" })))).toEqual([2]);
  expect(numbers(withReport(queue, aReport({ number: 3 })))).toEqual([1, 2, 3]);
});
