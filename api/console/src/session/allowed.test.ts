import { expect, test } from "vitest";
import type { Session } from "../api/contract";
import { homeOf, pagesOf } from "./allowed";

function sessionOf(...actions: string[]): Session {
  const unit = { code: "office", name: "管理处", kind: "office" as const };
  return {
    person: { code: "p", name: "某人", unit },
    roles: [],
    site: { code: "demo", name: "示范小区", zone: "Asia/Shanghai" },
    actions,
    clock: { now: "2026-11-23T12:00:00Z", speed: 1, demo: false },
    language: "zh",
  };
}

test("each person lands where his work waits", () => {
  expect(homeOf(sessionOf("see_queue", "claim", "read_issues"))).toBe("queue");
  expect(homeOf(sessionOf("see_queue", "work_issue", "read_issues"))).toBe("desk");
  expect(homeOf(sessionOf("see_queue", "read_issues", "see_escalations"))).toBe("escalations");
  expect(homeOf(sessionOf("see_notices", "read_issues"))).toBe("notices");
});

test("a page that is not allowed is not offered", () => {
  expect(pagesOf(sessionOf("see_notices"))).toEqual(["notices"]);
  expect(pagesOf(sessionOf("work_issue", "read_issues"))).toEqual(["desk"]);
});
