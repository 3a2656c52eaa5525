import type { Act } from "./acts";

const SIGNS: Record<string, string> = {
  Escape: "Esc",
  Enter: "Enter",
  ArrowDown: "↓",
  ArrowUp: "↑",
  "mod+Enter": "Ctrl+Enter",
};

/** Name an act's keys as they are written on the keyboard. */
export function keyNames(act: Act): string[] {
  return (act.keys ?? []).map(
    (key) =>
      SIGNS[key] ??
      key
        .replace(/^mod\+(.)/, (_, k: string) => `Ctrl+${k.toUpperCase()}`)
        .replace(/^\w$/, (k) => k.toUpperCase()),
  );
}
