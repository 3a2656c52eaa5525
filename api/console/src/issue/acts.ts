import type { Issue } from "../api/contract";
import type { PostPath } from "../api/routes";
import type { Action } from "../session/allowed";

/** What a desk does with an issue; each has its letter, its right, and where it stands. */
export interface DeskAct {
  id: "accept" | "return" | "assign" | "handled" | "told" | "close" | "reopen" | "note" | "correct";
  letter: string;
  path: Extract<PostPath, `/api/v1/issues/{number}/${string}`>;
  needs: Action;
  when: readonly Issue["status"][];
}

export const DESK_ACTS: readonly DeskAct[] = [
  {
    id: "accept",
    letter: "A",
    path: "/api/v1/issues/{number}/accept",
    needs: "work_issue",
    when: ["forwarded"],
  },
  {
    id: "return",
    letter: "R",
    path: "/api/v1/issues/{number}/return",
    needs: "work_issue",
    when: ["forwarded"],
  },
  {
    id: "assign",
    letter: "S",
    path: "/api/v1/issues/{number}/assign",
    needs: "work_issue",
    when: ["accepted", "assigned"],
  },
  {
    id: "handled",
    letter: "H",
    path: "/api/v1/issues/{number}/handled",
    needs: "work_issue",
    when: ["accepted", "assigned"],
  },
  {
    id: "told",
    letter: "V",
    path: "/api/v1/issues/{number}/told",
    needs: "enter_feedback",
    when: ["accepted", "assigned", "handled", "closed"],
  },
  {
    id: "close",
    letter: "L",
    path: "/api/v1/issues/{number}/close",
    needs: "close",
    when: ["accepted", "assigned", "handled"],
  },
  {
    id: "reopen",
    letter: "O",
    path: "/api/v1/issues/{number}/reopen",
    needs: "close",
    when: ["handled", "closed", "dismissed"],
  },
  {
    id: "note",
    letter: "B",
    path: "/api/v1/issues/{number}/note",
    needs: "note",
    when: ["reported", "forwarded", "accepted", "assigned", "handled", "closed", "dismissed"],
  },
  {
    id: "correct",
    letter: "I",
    path: "/api/v1/issues/{number}/correct-first-reporter",
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
