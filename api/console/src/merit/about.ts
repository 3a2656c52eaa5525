import type { Proposal } from "../api/contract";

/** Whom it is about, by name. */
export function about(one: Pick<Proposal, "person" | "unit">): string {
  return one.person?.name ?? one.unit?.name ?? "";
}

/** Points with their sign: a plus says as much as a minus. */
export function points(many: number): string {
  return many > 0 ? `+${many}` : many < 0 ? `−${-many}` : "0";
}
