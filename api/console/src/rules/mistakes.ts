import { refusal } from "../parts/refusal";

/** Each mistake of a text stands on a line of its own, as the API names it, and once. */
export function mistakes(problem: unknown): string {
  const said = refusal(problem);
  const detail = (problem as { detail?: string }).detail;
  return detail && !said.includes(detail) ? `${said}\n${detail}` : said;
}
