import type { IssuePlaybook, Playbook, WayStep } from "../api/contract";

/** What is said of a step: the answer, the words it asks for. */
export interface Said {
  step: string;
  answer?: string;
  words?: string;
}

/**
 * The operator's way for a kind of problem that is not entered yet, gone as far as the answers that
 * wait for it: as the core goes it, which has the last word once they are written.
 */
export function wayAhead(playbook: Playbook, said: readonly Said[], by: WayStep["did"]): WayStep[] {
  const steps = playbook.steps.filter((one) => one.room === "centre");
  const way: WayStep[] = [];
  let here = 0;
  while (here >= 0 && here < steps.length) {
    const step = steps[here]!;
    const last = said.findLast((one) => one.step === step.code);
    const did = last ? { ...by!, answer: last.answer ?? null, words: last.words ?? null } : null;
    way.push({ ...step, did, lacking: step.required && did === null });
    if (did === null && step.required && step.choices.length > 0) break;
    const chosen = step.choices.find((one) => one.code === last?.answer);
    const then = chosen?.then ?? step.then;
    if (then === "end") break;
    here = then === null ? here + 1 : steps.findIndex((one) => one.code === then);
  }
  return way;
}

/** The step that the keys answer: the first that is required, else the first that is not done. */
export function current(way: readonly WayStep[]): WayStep | null {
  return way.find((step) => step.lacking) ?? way.find((step) => step.did === null) ?? null;
}

/** Whether nothing that is required is open, or a supervisor has waived it. */
export function unlocked(playbook: IssuePlaybook): boolean {
  return playbook.steps_waived !== null || playbook.way.every((step) => !step.lacking);
}
