import { expect, test } from "vitest";
import type { Entry } from "../api/contract";
import { stations } from "./stations";

const entry = (kind: string, at: string, body: Record<string, unknown> = {}): Entry =>
  ({ seq: 1, ordinal: 1, kind, at, by: null, body, hash: "" }) as unknown as Entry;

test("each station is passed once, counted from the moment it happened", () => {
  const passed = stations([
    entry("opened", "2026-11-20T02:00:02Z", { told_at: "2026-11-20T02:00:00Z" }),
    entry("shown", "2026-11-20T02:00:03Z"),
    entry("claimed", "2026-11-20T02:00:10Z"),
    entry("claimed", "2026-11-20T02:05:00Z"),
    entry("forwarded", "2026-11-20T02:01:00Z"),
  ]);
  expect(passed.map((one) => [one.kind, one.after / 1000])).toEqual([
    ["happened", 0],
    ["received", 2],
    ["shown", 3],
    ["claimed", 10],
    ["forwarded", 60],
  ]);
});

test("without a beginning nothing is claimed to be known", () => {
  expect(stations([entry("claimed", "2026-11-20T02:00:10Z")])).toEqual([]);
});
