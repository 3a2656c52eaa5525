/** How long a report took from the device to the desk: the stations it has passed, in order. */
import type { Entry } from "../api/contract";

const MARKS = ["shown", "claimed", "forwarded", "accepted", "handled"] as const;

export interface Station {
  kind: "happened" | "received" | (typeof MARKS)[number];
  at: number;
  /** Milliseconds since it happened. */
  after: number;
}

/** Return the first time each station was passed; a typed report begins with its telling. */
export function stations(entries: readonly Entry[]): readonly Station[] {
  const opening = entries.find((one) => one.kind === "opened" || one.kind === "told");
  const toldAt = opening?.body["told_at"];
  if (!opening || typeof toldAt !== "string") return [];
  const happened = Date.parse(toldAt);
  const passed: Station[] = [
    { kind: "happened", at: happened, after: 0 },
    { kind: "received", at: Date.parse(opening.at), after: Date.parse(opening.at) - happened },
  ];
  for (const kind of MARKS) {
    const first = entries.find((one) => one.kind === kind);
    if (first) passed.push({ kind, at: Date.parse(first.at), after: Date.parse(first.at) - happened });
  }
  return passed.sort((a, b) => a.at - b.at);
}
