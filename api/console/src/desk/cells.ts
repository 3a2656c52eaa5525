import type { Issue, IssueRow, Urgency } from "../api/contract";

/** What is edited in place, in the order on the screen. */
export type Cell = "category" | "urgency" | "handler";
export const CELLS: readonly Cell[] = ["category", "urgency", "handler"];

/** The cell beside this one; null beyond the last. */
export function besideCell(cell: Cell, step: 1 | -1): Cell | null {
  return CELLS[CELLS.indexOf(cell) + step] ?? null;
}

/** The desk has it, and nobody has handled it: as in the forms. */
const AT_THE_DESK: ReadonlySet<Issue["status"]> = new Set(["accepted", "assigned"]);

export function mayEdit(issue: Pick<IssueRow, "status">): boolean {
  return AT_THE_DESK.has(issue.status);
}

export const URGENCIES: readonly Urgency[] = ["ordinary", "urgent", "life_safety"];

/** Whether the ladder would climb later: then the API asks why. */
export function climbsLater(before: Urgency, after: Urgency): boolean {
  return URGENCIES.indexOf(after) < URGENCIES.indexOf(before);
}
