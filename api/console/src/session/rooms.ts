import type { Role, Session } from "../api/contract";
import type { Page } from "../app/route";
import { allowedPages } from "./allowed";

export const ROOMS = [
  "queue",
  "desk",
  "today",
  "overview",
  "merit",
  "issues",
  "reviews",
  "customers",
  "numbers",
  "devices",
  "duties",
  "points",
  "house",
] as const;
export type RoomName = (typeof ROOMS)[number];

/** An entry of the navigation: the first page it opens, and what stands beside it as tabs. */
export interface Room {
  name: RoomName;
  pages: readonly Page[];
}

const room = (name: RoomName, ...pages: Page[]): Room => ({ name, pages });

// What everybody shares stands behind everybody's own work.
const DUTIES = room("duties", "duties", "notices", "points");
const REVIEWS = room("reviews", "reviews", "inspections");
const HOUSE = room("house", "roster", "playbooks", "briefings", "rules", "devices", "codes");
const STAFF = [
  room("duties", "duties", "notices"),
  room("issues", "issues", "inspections"),
  room("points", "points", "units"),
  HOUSE,
];

/** Whose work lies where, the most important first; nobody has more than seven entries. */
const ROOMS_OF: Record<Role, readonly Room[]> = {
  director: [
    room("overview", "overview"),
    room("merit", "merit", "units"),
    room("numbers", "months", "panels", "register"),
    room("today", "today", "escalations", "pauses", "reviews", "inspections"),
    room("issues", "issues", "queue", "handover", "storms", "customers", "feedback"),
    DUTIES,
    HOUSE,
  ],
  general_group_supervisor: [
    room("today", "today", "escalations", "pauses"),
    room("issues", "issues", "queue", "handover", "storms"),
    REVIEWS,
    room("customers", "customers", "feedback"),
    room("numbers", "overview", "months", "panels", "register", "merit", "units"),
    DUTIES,
    HOUSE,
  ],
  captain: [
    room("today", "today", "escalations"),
    room("queue", "queue", "handover"),
    room("issues", "issues", "storms", "customers"),
    REVIEWS,
    DUTIES,
    HOUSE,
  ],
  operator: [
    room("queue", "queue", "handover"),
    room("issues", "issues", "storms"),
    room("reviews", "reviews"),
    room("customers", "customers"),
    DUTIES,
    HOUSE,
  ],
  desk_agent: [
    room("desk", "desk", "register"),
    room("queue", "queue"),
    room("customers", "customers", "feedback"),
    DUTIES,
    HOUSE,
  ],
  administrator: [
    room("devices", "devices", "device-events", "gateways", "messages"),
    room("house", "roster", "playbooks", "briefings", "rules", "codes"),
    room("duties", "notices", "points"),
  ],
  on_site_supervisor: STAFF,
  squad_leader: STAFF,
  guard: STAFF,
  cleaner: STAFF,
  engineer: STAFF,
};

/** Who is more than one lands as the first of these. */
const FIRST = Object.keys(ROOMS_OF) as Role[];

/**
 * The rooms of a session's navigation, each with the pages it may see.
 *
 * A page that is allowed and has no room of its own stands in the house: nothing allowed is out
 * of reach.
 */
export function roomsOf(session: Session): Room[] {
  const pages = allowedPages(session);
  const role = FIRST.find((one) => session.roles.includes(one));
  const rooms = (role ? ROOMS_OF[role] : STAFF)
    .map(({ name, pages: wanted }) => ({ name, pages: wanted.filter((one) => pages.includes(one)) }))
    .filter((one) => one.pages.length > 0);
  const placed = new Set(rooms.flatMap((one) => one.pages));
  const left = pages.filter((one) => !placed.has(one));
  if (left.length === 0) return rooms;
  if (!rooms.some((one) => one.name === "house")) return [...rooms, { name: "house", pages: left }];
  return rooms.map((one) => (one.name === "house" ? { ...one, pages: [...one.pages, ...left] } : one));
}

/** Every page of a session, in the order of its rooms. */
export function pagesOf(session: Session): Page[] {
  return roomsOf(session).flatMap((one) => one.pages);
}

/** The page a person lands on: where his work waits. */
export function homeOf(session: Session): Page {
  return pagesOf(session)[0] ?? "notices";
}
