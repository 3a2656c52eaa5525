import { expect, test } from "vitest";
import type { Report } from "../api/contract";
import { aReport } from "./examples";
import { beside, inOrder, nextAfter, sections } from "./sections";

const phone = aReport({ number: 9, cls: "life_safety" });
const door = aReport({ number: 3 });
const held = aReport({ number: 4, claim: claimBy(false) });
const sent = aReport({ number: 2, status: "forwarded" });
const all = [phone, sent, door, held];

function claimBy(mine: boolean): NonNullable<Report["claim"]> {
  const unit = { code: "o", name: "管理处", kind: "office" as const };
  return { by: { code: "p", name: "值班员", unit }, until: "2026-11-23T13:00:00Z", mine };
}

test("life safety stands first and what the desk must accept stands last", () => {
  expect(inOrder(sections(all)).map((one) => one.number)).toEqual([9, 3, 4, 2]);
});

test("what is parked stands below, the soonest first, and is not gone on with", () => {
  const parked = (number: number, until: string) =>
    aReport({ number, parked: { until, by: claimBy(false).by, reason: "等电工" } });
  const late = parked(5, "2026-11-23T14:00:00Z");
  const soon = parked(6, "2026-11-23T12:30:00Z");
  const order = inOrder(sections([late, soon, ...all]));
  expect(order.map((one) => one.number)).toEqual([9, 3, 4, 6, 5, 2]);
  expect(nextAfter([late, soon], 9)).toBeNull();
});

test("moving stops at the ends and begins at the top", () => {
  const order = inOrder(sections(all));
  expect(beside(order, null, 1)).toBe(9);
  expect(beside(order, 9, -1)).toBe(9);
  expect(beside(order, 3, 1)).toBe(4);
  expect(beside(order, 2, 1)).toBe(2);
});

test("after one is done comes the next that nobody else holds", () => {
  expect(nextAfter(inOrder(sections(all)), 9)).toBe(3);
  expect(nextAfter([held, sent], 9)).toBeNull();
});
