import { expect, test } from "vitest";
import { setClock } from "../time/clock";
import { due } from "../time/format";
import { nightOf, preventerOf } from "./coming";

const at = (civil: string) => Date.parse(`${civil}+08:00`);
setClock({ now: "2026-11-23T12:00:00Z", speed: 1 }, "Asia/Shanghai");

test.each([
  ["2026-11-23T21:00:00", "tonight", "21:00"],
  ["2026-11-24T00:00:00", "tonight", "24:00"],
  ["2026-11-24T00:00:01", "tomorrow", "24 Nov 00:00"],
  ["2026-11-25T00:00:00", "tomorrow", "24 Nov 24:00"],
  ["2026-11-26T00:00:00", "later", "25 Nov 24:00"],
  ["2026-11-22T00:00:00", "tonight", "21 Nov 24:00"],
  ["2027-01-01T00:00:00", "later", "31 Dec 24:00"],
])("what is due at %s falls %s and reads %s", (civil, night, words) => {
  const now = at("2026-11-23T20:00:00");
  expect(nightOf(at(civil), now)).toBe(night);
  expect(due(at(civil), now)).toBe(words);
});

test("the last night of a month has a next one", () => {
  expect(nightOf(at("2026-12-02T00:00:00"), at("2026-11-30T08:00:00"))).toBe("tomorrow");
});

test("whoever has it can handle it; before that the desk accepts or sends somebody", () => {
  const who = { code: "W01", name: "罗大勇", unit: { code: "o", name: "o", kind: "office" as const } };
  expect(preventerOf({ status: "assigned", assigned_to: who })).toEqual({
    name: "罗大勇",
    act: "handle",
  });
  expect(preventerOf({ status: "forwarded", assigned_to: null }).act).toBe("accept");
  expect(preventerOf({ status: "accepted", assigned_to: null }).act).toBe("assign");
});
