/** The telephone's words: few rooms only, for a slow link. */
import { useSyncExternalStore } from "react";
import type { Language } from "../app/settings";
import { settings, subscribe } from "../app/settings";
import codesEn from "../words/en/codes.json";
import followingEn from "../words/en/following.json";
import meritEn from "../words/en/merit.json";
import phoneEn from "../words/en/phone.json";
import codesZh from "../words/zh/codes.json";
import followingZh from "../words/zh/following.json";
import meritZh from "../words/zh/merit.json";
import phoneZh from "../words/zh/phone.json";

const zh = { ...codesZh, ...followingZh, ...meritZh, ...phoneZh };
const CATALOGUES: Record<Language, Readonly<Record<string, string>>> = {
  zh,
  en: { ...codesEn, ...followingEn, ...meritEn, ...phoneEn },
};

export type PhoneKey = keyof typeof zh;

/** Chinese until somebody chooses otherwise: whoever carries a telephone here reads it. */
export function language(): Language {
  return settings().language ?? "zh";
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language);
}

export function t(key: PhoneKey, values: Readonly<Record<string, string | number>> = {}): string {
  return (CATALOGUES[language()][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

/** A text in both languages, for what is kept longer than a choice of language. */
export function inBoth(key: PhoneKey): { zh: string; en: string } {
  return { zh: CATALOGUES.zh[key] ?? key, en: CATALOGUES.en[key] ?? key };
}

/** Words for a code of the API; a code nobody knows stays legible as it is. */
export function named(family: string, code: string | null | undefined): string {
  if (!code) return "";
  return CATALOGUES[language()][`${family}.${code}`] ?? code.replaceAll("_", " ");
}

export function both(text: { zh: string; en: string } | null | undefined): string {
  return text ? text[language()] || text.zh || text.en : "";
}

/** Where, from the site down; its last steps are enough for who stands there. */
export function where(place: { path: readonly string[] } | null | undefined, last = 2): string {
  if (!place) return t("phone.no_place");
  const below = place.path.length > 1 ? place.path.slice(1) : place.path;
  const inside = below.filter((step, at) => !below[at + 1]?.startsWith(step));
  return inside.slice(-last).join(" · ");
}
