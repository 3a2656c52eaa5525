import { Refused } from "../api/client";
import type { PersonRef } from "../api/contract";
import type { Key } from "../words/words";
import { named, t } from "../words/words";
import { reason } from "./reasons";

interface Present {
  claim?: { by: PersonRef } | null;
  status?: string;
}

/** Say what was refused and why, and after a lost race how things stand now. */
export function refusal(problem: unknown, of: "login" | "read" | "act" = "act"): string {
  if (!(problem instanceof Refused)) return String(problem);
  if (problem.status === 0) return t(of === "act" ? "error.unreachable" : "error.offline");
  if (of === "login" && problem.status === 401) {
    return t("login.refused");
  }
  if (problem.status === 429) return t("error.too_many");
  const said = named("error", problem.code);
  const present = problem.status === 409 ? standing(problem.present) : "";
  return [said, present || detailOf(problem)].filter(Boolean).join(t("join.colon"));
}

/** Details that people meet, by what the API says; the others are shown in its own language only. */
const DETAILS: readonly (readonly [string, Key])[] = [
  ["a correction needs a reason", "detail.correction"],
  ["still to be identified", "detail.identify"],
  ["nobody has handled", "detail.not_handled"],
  ["without a first reporter", "detail.no_owner"],
  ["not in the order", "detail.hop_order"],
  ["has not been yet", "detail.future"],
  ["is not claimed", "detail.not_claimed"],
  ["does not judge whether", "detail.own_work"],
  ["no claim stands", "detail.no_claim"],
  ["a customer has a name", "detail.customer"],
];

function detailOf({ code, detail }: Refused): string {
  const known = DETAILS.find(([text]) => detail.includes(text));
  if (known) return t(known[1]);
  // The number under which the log tells more is the same in every language.
  if (code === "internal") return /\b[0-9a-f]{12}\b/.exec(detail)?.[0] ?? "";
  return reason(detail) ?? "";
}

function standing(present: unknown): string {
  if (present === null || typeof present !== "object") return "";
  const { claim, status } = present as Present;
  if (claim) return t("error.held_by", { name: claim.by.name });
  return status ? t("error.stands", { status: named("status", status) }) : "";
}
