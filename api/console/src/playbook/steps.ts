import type { IssuePlaybook, Playbook, WayStep } from "../api/contract";

/** The way as it begins, for a kind of problem that nobody has entered yet. */
export function beginning(playbook: Playbook): WayStep[] {
  const steps: WayStep[] = [];
  for (const step of playbook.steps.filter((one) => one.room === "centre")) {
    steps.push({ ...step, did: null, lacking: step.required });
    if (step.required && step.choices.length > 0) break;
  }
  return steps;
}

/** The step that the keys answer: the first that is not done. */
export function current(way: readonly WayStep[]): WayStep | null {
  return way.find((step) => step.did === null && step.lacking) ?? way.find((step) => step.did === null) ?? null;
}

/** Whether nothing that is required is open, or a supervisor has waived it. */
export function unlocked(playbook: IssuePlaybook): boolean {
  return playbook.steps_waived !== null || playbook.way.every((step) => !step.lacking);
}
