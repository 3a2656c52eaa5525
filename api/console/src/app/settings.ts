import { useSyncExternalStore } from "react";

export type Language = "zh" | "en";
/** `auto`: dark from 19 to 7 by the site's clock. */
export type ShadeChoice = "auto" | "light" | "dark";

/** What this workstation remembers, whoever sits at it. */
export interface Settings {
  /** null: nobody chose yet, the person's own language holds. */
  language: Language | null;
  shade: ShadeChoice;
  /** Milliseconds of this machine's clock until which sound is muted; 0: it is not. */
  mutedUntil: number;
  /** The site this workstation was last logged in to. */
  siteName: string;
  /** How often each category was chosen here, for the digits 1–9. */
  chosen: Readonly<Record<string, number>>;
}

const KEY = "shouwen.settings";
const FIRST: Settings = { language: null, shade: "auto", mutedUntil: 0, siteName: "", chosen: {} };
const listeners = new Set<() => void>();
let present: Settings = read();

function read(): Settings {
  try {
    return { ...FIRST, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>) };
  } catch {
    return FIRST; // storage forbidden or spoiled: the console works without its memory
  }
}

export function settings(): Settings {
  return present;
}

export function remember(change: Partial<Settings>): void {
  present = { ...present, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(present));
  } catch {
    // storage full or forbidden: the choice holds until the page is left
  }
  listeners.forEach((listener) => listener());
}

/** Seconds of silence that are left. */
export function mutedFor(): number {
  return Math.max(0, Math.ceil((present.mutedUntil - Date.now()) / 1000));
}

export function mute(seconds: number): void {
  remember({ mutedUntil: seconds > 0 ? Date.now() + seconds * 1000 : 0 });
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, settings);
}
