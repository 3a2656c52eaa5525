import { t } from "../words/words";

/** How far a wait has gone: its colour, its shape and its word say the same. */
export type Wait = "fine" | "warn" | "over";

export function waitOf(seconds: number, warn: number, limit: number): Wait {
  if (seconds >= limit) return "over";
  return seconds >= warn ? "warn" : "fine";
}

interface AgeBarProps {
  seconds: number;
  warn: number;
  limit: number;
}

/** Three cells that fill towards the limit. */
export function AgeBar({ seconds, warn, limit }: AgeBarProps) {
  const wait = waitOf(seconds, warn, limit);
  const full = wait === "over" ? 3 : wait === "warn" ? 2 : 1;
  return (
    <span className={`age-bar age-${wait}`}>
      <span aria-hidden="true">{"▮".repeat(full) + "▯".repeat(3 - full)}</span>
      {wait === "fine" ? null : <b>{t(`wait.${wait}`)}</b>}
    </span>
  );
}
