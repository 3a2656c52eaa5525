import { expect, test } from "vitest";
import type { Role, Session } from "../api/contract";
import { PAGES } from "../app/route";
import { allowedPages } from "./allowed";
import { homeOf, pagesOf, roomsOf } from "./rooms";

function sessionOf(roles: Role[], ...actions: string[]): Session {
  const unit = { code: "office", name: "管理处", kind: "office" as const };
  return {
    person: { code: "p", name: "某人", unit },
    roles,
    site: { code: "demo", name: "示范小区", zone: "Asia/Shanghai" },
    actions,
    clock: { now: "2026-11-23T12:00:00Z", speed: 1, demo: false },
    language: "zh",
  };
}

const EVERYTHING = sessionOf(
  [],
  ..."see_queue read_issues see_escalations see_months review see_customers see_feedback inspect".split(" "),
  ..."follow_up decide_pause see_roster see_rules see_notices see_panels see_merit see_dossier".split(" "),
  ..."see_own_merit print_register see_briefings see_playbooks see_devices see_people".split(" "),
  ..."see_handovers see_device_events see_gateways administer see_plans see_messages grant_wall".split(" "),
).actions;
const ROLES: Role[] = [
  "guard", "squad_leader", "captain", "cleaner", "engineer", "on_site_supervisor", "operator",
  "desk_agent", "general_group_supervisor", "director", "administrator",
];

test("each person lands where his work waits", () => {
  const home = (role: Role) => homeOf(sessionOf([role], ...EVERYTHING, "work_issue"));
  expect(home("operator")).toBe("queue");
  expect(home("desk_agent")).toBe("desk");
  expect(home("general_group_supervisor")).toBe("today");
  expect(home("director")).toBe("overview");
  expect(home("administrator")).toBe("devices");
  expect(home("cleaner")).toBe("duties");
});

test("a page that is not allowed is not offered", () => {
  expect(pagesOf(sessionOf(["guard"], "see_notices"))).toEqual(["notices"]);
  expect(pagesOf(sessionOf(["desk_agent"], "work_issue", "read_issues"))).toEqual(["desk"]);
});

test.each(ROLES)("%s has seven entries at the most, and nothing allowed is out of reach", (role) => {
  const session = sessionOf([role], ...EVERYTHING);
  const rooms = roomsOf(session);
  expect(rooms.length).toBeLessThanOrEqual(7);
  expect(new Set(rooms.map((room) => room.name)).size).toBe(rooms.length);
  const pages = rooms.flatMap((room) => room.pages);
  expect(new Set(pages).size).toBe(pages.length);
  expect([...pages].sort()).toEqual([...allowedPages(session)].sort());
});

test("every page stands behind something that is allowed", () => {
  const all = sessionOf(["director"], ...EVERYTHING);
  const desk = sessionOf(["desk_agent"], ...EVERYTHING, "work_issue");
  expect(new Set([...allowedPages(all), ...allowedPages(desk)])).toEqual(new Set(PAGES));
});
