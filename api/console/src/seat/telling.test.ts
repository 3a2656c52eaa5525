import { expect, test } from "vitest";
import type { Heard } from "./telling";
import { tellingNow } from "./telling";

const QUIET: Heard = { used: false, soundBlocked: false, streamStale: false, asked: false };
const WELL = { present: true, sound_blocked: false, stream_stale: false };
const last = { at: 0, presentAt: 0, said: WELL };

test("whoever has just logged in is there", () => {
  expect(tellingNow(0, QUIET, null)).toEqual(WELL);
});

test("a sign of presence goes at most once a minute, and at once where it is asked for", () => {
  expect(tellingNow(59_999, { ...QUIET, used: true }, last)).toBeNull();
  expect(tellingNow(60_000, { ...QUIET, used: true }, last)).toEqual(WELL);
  expect(tellingNow(1, { ...QUIET, used: true, asked: true }, last)).toEqual(WELL);
});

test("nobody is said to be there who touches nothing", () => {
  expect(tellingNow(600_000, { ...QUIET, asked: true }, last)).toBeNull();
});

test("a trouble is said at once, again and again, and when it is over", () => {
  const deaf = { ...QUIET, soundBlocked: true };
  const said = { present: false, sound_blocked: true, stream_stale: false };
  expect(tellingNow(1, deaf, last)).toEqual(said);
  expect(tellingNow(30_000, deaf, { at: 1, presentAt: 0, said })).toBeNull();
  expect(tellingNow(30_001, deaf, { at: 1, presentAt: 0, said })).toEqual(said);
  expect(tellingNow(2, QUIET, { at: 1, presentAt: 0, said })).toEqual({ ...WELL, present: false });
});
