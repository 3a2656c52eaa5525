import type { Issue } from "../api/contract";
import type { Action } from "../session/allowed";

/** What a desk does with an issue; each has its letter, its right, and where it stands. */
export interface DeskAct {
  id: "accept" | "return" | "assign" | "handled" | "close" | "reopen" | "note" | "correct";
  letter: string;
  path: string;
  needs: Action;
  when: readonly Issue["status"][];
}

export const DESK_ACTS: readonly DeskAct[] = [
  { id: "accept", letter: "A", path: "accept", needs: "work_issue", when: ["forwarded"] },
  { id: "return", letter: "R", path: "return", needs: "work_issue", when: ["forwarded"] },
  { id: "assign", letter: "S", path: "assign", needs: "work_issue", when: ["accepted", "assigned"] },
  { id: "handled", letter: "H", path: "handled", needs: "work_issue", when: ["accepted", "assigned"] },
  { id: "close", letter: "L", path: "close", needs: "close", when: ["accepted", "assigned", "handled"] },
  { id: "reopen", letter: "O", path: "reopen", needs: "close", when: ["handled", "closed", "dismissed"] },
  {
    id: "note",
    letter: "B",
    path: "note",
    needs: "note",
    when: ["reported", "forwarded", "accepted", "assigned", "handled", "closed", "dismissed"],
  },
  {
    id: "correct",
    letter: "I",
    path: "correct-first-reporter",
    needs: "correct_first_reporter",
    when: ["reported", "forwarded", "accepted", "assigned", "handled", "closed", "dismissed"],
  },
];

/** Those that may be done with this issue, now, by this person. */
export function actsOn(issue: Issue, may: (action: Action) => boolean): DeskAct[] {
  return DESK_ACTS.filter(
    (act) =>
      act.when.includes(issue.status) &&
      may(act.needs) &&
      (act.id !== "correct" || issue.first_reporter !== null),
  );
}
