/** The wall's words: its own, and the codes; its language stands in its link and nothing asks for it. */
import codesEn from "../words/en/codes.json";
import wallEn from "../words/en/wall.json";
import codesZh from "../words/zh/codes.json";
import wallZh from "../words/zh/wall.json";

const zh = { ...codesZh, ...wallZh };
const CATALOGUES: Record<"zh" | "en", Readonly<Record<string, string>>> = {
  zh,
  en: { ...codesEn, ...wallEn },
};

export const language: "zh" | "en" = location.pathname.startsWith("/wall/en") ? "en" : "zh";

export function t(key: keyof typeof zh, values: Readonly<Record<string, string | number>> = {}) {
  return (CATALOGUES[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

/** Words for a code that comes from outside. */
export function named(family: string, code: string | null): string {
  return code ? (CATALOGUES[language][`${family}.${code}`] ?? code) : "";
}
