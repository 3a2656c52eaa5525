import type { Escalation, IssueRow } from "../api/contract";
import { day } from "../time/format";

export const NIGHTS = ["tonight", "tomorrow", "later"] as const;
export type Night = (typeof NIGHTS)[number];

/** In which night a step falls; the midnight that ends a day belongs to that day. */
export function nightOf(due: number, now: number): Night {
  const on = day(due - 1);
  const today = day(now);
  if (on <= today) return "tonight";
  return on === next(today) ? "tomorrow" : "later";
}

/** Steps by the night in which they fall, each night in the order of the list. */
export function byNight(rows: readonly Escalation[], now: number): Record<Night, Escalation[]> {
  const nights: Record<Night, Escalation[]> = { tonight: [], tomorrow: [], later: [] };
  for (const row of rows) nights[nightOf(Date.parse(row.step.due_at), now)].push(row);
  return nights;
}

/** Who can still prevent that a step falls, and by what. */
export interface Preventer {
  /** Nobody yet: somebody at the desk. */
  name: string | null;
  act: "accept" | "assign" | "handle";
}

export function preventerOf(
  issue: Pick<IssueRow, "status" | "assigned_to">,
): Preventer {
  if (issue.assigned_to) return { name: issue.assigned_to.name, act: "handle" };
  return { name: null, act: issue.status === "accepted" ? "assign" : "accept" };
}

function next(on: string): string {
  const date = new Date(`${on}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
