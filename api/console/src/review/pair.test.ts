import { expect, test } from "vitest";
import type { Picture } from "../api/contract";
import { camerasOf, comparable, pairOf } from "./pair";

function picture(change: Partial<Picture>): Picture {
  return {
    id: 1,
    issue: 7,
    report: 7,
    camera: { code: "cam-1", name: "东门" },
    by: null,
    origin: null,
    taken_with: null,
    place: null,
    label: "before",
    moment: "2026-11-23T12:00:00Z",
    state: "here",
    since: "2026-11-23T12:00:00Z",
    reason: null,
    sha256: "a".repeat(64),
    taken_at: "2026-11-23T12:00:00Z",
    offset_seconds: 0,
    width: 10,
    height: 10,
    masked: false,
    ...change,
  };
}

const OTHER = { code: "cam-2", name: "西门" };

test("before and after are of one camera, and the last claim counts", () => {
  const pictures = [
    picture({ id: 1 }),
    picture({ id: 2, camera: OTHER }),
    picture({ id: 3, label: "at" }),
    picture({ id: 4, label: "now", report: null }),
    picture({ id: 5, label: "now", report: null }),
  ];
  const pair = pairOf(pictures, "cam-1");
  expect([pair.before?.id, pair.at?.id, pair.now?.id]).toEqual([1, 3, 5]);
  expect(camerasOf(pictures).map((one) => one.code)).toEqual(["cam-1", "cam-2"]);
});

test("without the picture before, that of the call is laid under", () => {
  const gone = picture({ id: 1, state: "missing", sha256: null });
  const at = picture({ id: 2, label: "at" });
  const now = picture({ id: 3, label: "now" });
  expect(comparable(pairOf([gone, at, now], "cam-1"))?.map((one) => one.id)).toEqual([2, 3]);
  expect(comparable(pairOf([gone, now], "cam-1"))).toBeNull();
});
