import type { Report, Storm } from "../api/contract";
import { MOTIFS } from "./motifs";
import type { Cause } from "./motifs";

/** The place of alarms in the queue: what comes before them is heard before a storm. */
const ALARM = 3;

export interface Pressing {
  cause: Cause;
  /** 1 at first, growing to 2.5 when the limit is past. */
  loudness: number;
}

/** Which sound is due: that of the most pressing report nobody has claimed; null: silence. */
export function pressing(
  reports: readonly Report[],
  lateForwards: number,
  now: number,
  storms: readonly Storm[] = [],
): Pressing | null {
  const waiting = reports.filter((one) => one.status === "reported" && !one.claim && !one.parked);
  const first = waiting.reduce<Report | null>(
    (most, one) => (most === null || one.priority < most.priority ? one : most),
    null,
  );
  // A storm is heard as one alarm until somebody begins to call its roll.
  if (storms.some((one) => one.ticked === 0) && (first?.priority ?? ALARM) >= ALARM) {
    return { cause: "alarm", loudness: 1 };
  }
  if (!first) return lateForwards > 0 ? { cause: "forward", loudness: 1 } : null;
  const { warn_seconds: warn, limit_seconds: limit } = first.age_limits;
  const waited = (now - Date.parse(first.received_at)) / 1000;
  return { cause: first.cls, loudness: waited >= limit ? 2.5 : waited >= warn ? 1.6 : 1 };
}

/** Whether the motif is to begin now. */
export function due(cause: Cause, last: { cause: Cause; at: number } | null, at: number): boolean {
  return last?.cause !== cause || at - last.at >= MOTIFS[cause].every * 1000;
}
