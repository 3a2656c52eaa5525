import { remember, settings, subscribe } from "../app/settings";
import type { Language } from "../app/settings";
import { useSyncExternalStore } from "react";
import en from "./en";
import zh from "./zh";

export type Key = keyof typeof zh;
type Values = Readonly<Record<string, string | number>>;

const CATALOGUES: Record<Language, Readonly<Record<string, string>>> = { zh, en };
// Before the log-in nobody has said which; the server goes by the browser's languages, too.
let person: Language = globalThis.navigator?.language.startsWith("en") ? "en" : "zh";

/** The workstation's choice, or else the language of whoever is logged in. */
export function language(): Language {
  return settings().language ?? person;
}

export function speakAs(code: string): void {
  person = code.startsWith("en") ? "en" : "zh";
  remember({}); // tells the listeners
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language);
}

/** Return the words for a key, `{name}` filled in. Components that call it listen by useLanguage(). */
export function t(key: Key, values: Values = {}): string {
  return (CATALOGUES[language()][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

/** Words for a code that comes from outside; a code nobody knows stays legible as it is. */
export function named(family: string, code: string | null | undefined): string {
  if (!code) return "";
  const key = `${family}.${code}`;
  return key in CATALOGUES.zh ? t(key as Key) : code.replaceAll("_", " ");
}

/** Pick the text of the present language from one that the API gives in both. */
export function both(text: { zh: string; en: string } | null | undefined): string {
  return text ? text[language()] || text.zh || text.en : "";
}
