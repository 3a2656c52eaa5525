import { beforeAll, expect, test } from "vitest";
import { setClock } from "../time/clock";
import { bodyOf, emptyTelling, nextRelay } from "./typed-telling";

const NOW = Date.parse("2026-11-23T20:12:00Z"); // 04:12 in Shanghai

beforeAll(() => setClock({ now: "2026-11-23T20:12:00Z", speed: 1 }, "Asia/Shanghai"));

const leak = { ...emptyTelling(), name: "1502", words: "车库漏水" };

test("each hop keeps its time, and begins with who was told last", () => {
  const first = { ...nextRelay([]), person: "g07", to: "班长 李", toldAt: "0401" };
  const second = { ...nextRelay([first]), to: "监控中心", toldAt: "04:09" };
  const body = bodyOf({ ...leak, toldAt: "0400", relays: [first, second] }, NOW, "centre");
  expect(body?.told_at).toBe("2026-11-23T20:00:00.000Z");
  expect(body?.relays).toEqual([
    { by_person: "g07", to: "班长 李", means: "telephone", told_at: "2026-11-23T20:01:00.000Z" },
    { by: "班长 李", to: "监控中心", means: "telephone", told_at: "2026-11-23T20:09:00.000Z" },
  ]);
});

test("the desk's register needs place and category, the queue does not yet", () => {
  expect(bodyOf(leak, NOW, "centre")).not.toBeNull();
  expect(bodyOf(leak, NOW, "desk")).toBeNull();
  expect(bodyOf({ ...leak, place: "b1", category: "pipe_leak" }, NOW, "desk")).not.toBeNull();
});

test("nothing is sent without words, or with a time nobody can read", () => {
  expect(bodyOf({ ...leak, words: " " }, NOW, "centre")).toBeNull();
  expect(bodyOf({ ...leak, name: "" }, NOW, "centre")).toBeNull();
  expect(bodyOf({ ...leak, toldAt: "25:61" }, NOW, "centre")).toBeNull();
  expect(bodyOf({ ...leak, relays: [nextRelay([])] }, NOW, "centre")).toBeNull();
});
