import { Refused } from "../api/client";
import type { PersonRef } from "../api/contract";
import { named, t } from "../words/words";

interface Present {
  claim?: { by: PersonRef } | null;
  status?: string;
}

/** Say what was refused and why, and after a lost race how things stand now. */
export function refusal(problem: unknown, family: "login" | "error" = "error"): string {
  if (!(problem instanceof Refused)) return String(problem);
  if (problem.status === 0) return t("error.unreachable");
  if (family === "login" && (problem.status === 401 || problem.status === 403)) {
    return t("login.refused");
  }
  if (problem.status === 429) return t("error.too_many");
  const said = named("error", problem.code);
  const present = problem.status === 409 ? standing(problem.present) : "";
  const detail = problem.detail && problem.detail !== said ? problem.detail : "";
  return [said, present || detail].filter(Boolean).join(t("join.colon"));
}

function standing(present: unknown): string {
  if (present === null || typeof present !== "object") return "";
  const { claim, status } = present as Present;
  if (claim) return t("error.held_by", { name: claim.by.name });
  return status ? t("error.stands", { status: named("status", status) }) : "";
}
