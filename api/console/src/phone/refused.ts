import { Refused } from "../api/client";
import { language, named, t } from "./words";

/** What was refused, in words; details only where they are in the reader's language. */
export function refused(problem: unknown): string {
  if (!(problem instanceof Refused)) return String(problem);
  if (problem.status === 0) return t("phone.no_net");
  return said(problem.code, problem.detail);
}

export function said(code: string, detail: string): string {
  const words = named("error", code);
  return language() === "en" && detail ? `${words}: ${detail}` : words;
}
