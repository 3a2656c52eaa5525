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
  /** A random name of this workstation: who follows here takes over what was held here. */
  workstation: string;
  /** How often each category was chosen here, for the digits 1–9. */
  chosen: Readonly<Record<string, number>>;
}

/** Nobody is muted for longer, whatever was remembered. */
export const MOST_MUTED = 60;
const KEY = "shouwen.settings";
const FIRST: Settings = { language: null, shade: "auto", mutedUntil: 0, siteName: "", workstation: "", chosen: {} };
const listeners = new Set<() => void>();
let present: Settings = read();
if (present.workstation === "") remember({ workstation: newName() });

function read(): Settings {
  try {
    return { ...FIRST, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>) };
  } catch {
    return FIRST; // storage forbidden or spoiled: the console works without its memory
  }
}

/** Over plain http a browser makes no UUID; random bytes it always has. */
function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
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
  return Math.min(MOST_MUTED, Math.max(0, Math.ceil((present.mutedUntil - Date.now()) / 1000)));
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
