import { beforeAll, expect, test } from "vitest";
import type { Entry } from "../api/contract";
import { remember } from "../app/settings";
import { setClock } from "../time/clock";
import { factsOf, headOf } from "./entry-words";

const KNOWN = {
  people: new Map([["g07", "王强"]]),
  places: new Map([["b3", "3栋"]]),
  categories: new Map([["street_lamp", "路灯不亮"]]),
};

beforeAll(() => {
  remember({ language: "zh" });
  setClock({ now: "2026-11-23T12:00:00Z", speed: 1 }, "Asia/Shanghai");
});

function entry(kind: string, body: Entry["body"]): Entry {
  return { seq: 1, ordinal: 1, kind, at: "2026-11-23T12:00:00Z", by: null, body, hash: "" };
}

test("codes in the journal are shown as the names people know", () => {
  const assigned = entry("assigned", { to: "g07", promised_at: "2026-11-23T13:30:00Z" });
  expect(headOf(assigned)).toBe("派工");
  expect(factsOf(assigned, KNOWN).map(([, words]) => words)).toEqual(["王强", "21:30:00"]);
});

test("a kind nobody knows stays legible", () => {
  const other = entry("picture_kept", { colour: "blue" });
  expect(headOf(other)).toBe("picture kept");
  expect(factsOf(other, KNOWN)).toEqual([["colour", "blue"]]);
});

test("a role that was called in is named, and nothing is said of what was not", () => {
  const escalated = entry("escalated", { to: ["director"], late: false, note: "" });
  expect(factsOf(escalated, KNOWN).map(([, words]) => words)).toEqual(["管理处主任"]);
});

test("a repeat names the issue it repeats, and by what it was found", () => {
  const repeat = entry("repeat_found", {
    of: 12,
    customer: "family-03",
    by: "words",
    chain: 2,
    likeness: 71,
  });
  expect(factsOf(repeat, KNOWN)).toEqual([
    ["重复自", "#12"],
    ["客户", "family-03"],
    ["认出于", "说法相近"],
    ["第几次说", "2"],
    ["相近程度", "71"],
  ]);
});
