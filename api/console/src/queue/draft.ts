import type { CallerKind, Category, Report, Telling, Urgency } from "../api/contract";
import { language } from "../words/words";

/** What the operator is filling in; kept by report, so that going away loses nothing. */
export interface Draft {
  /** `customer`, `unknown`, `device`, or `staff:<code>`. */
  caller: string | null;
  name: string;
  phone: string;
  place: string | null;
  category: string | null;
  /** null: as the category says. */
  urgency: Urgency | null;
  words: string;
}

const kept = new Map<number, Draft>();

export function keep(report: number, draft: Draft): void {
  kept.set(report, draft);
}

export function forget(report: number): void {
  kept.delete(report);
}

/** What was typed before, or else what the report itself suggests. */
export function draftOf(report: Report): Draft {
  return kept.get(report.number) ?? suggested(report);
}

export function isDirty(report: Report): boolean {
  return kept.has(report.number);
}

function suggested(report: Report): Draft {
  const { caller } = report;
  return {
    caller: caller ? callerValue(caller.kind, caller.person?.code) : likelyCaller(report),
    name: caller?.name ?? "",
    phone: caller?.phone ?? "",
    place: report.place?.code ?? null,
    category: report.category?.code ?? null,
    urgency: null,
    words: report.words,
  };
}

export function callerValue(kind: string, person: string | null | undefined): string {
  return kind === "staff" && person ? `staff:${person}` : kind;
}

/** Who usually speaks through this channel. A suggestion only: a card near the call is a hint. */
function likelyCaller(report: Report): string {
  switch (report.channel) {
    case "intercom":
      return "customer";
    case "camera":
    case "device":
      return "device";
    default:
      return "unknown";
  }
}

/** What is written when the operator leaves the words empty: category and place, as shown to him. */
export function unsaid(category: Category | undefined, place: string): string {
  if (!category) return "";
  const name = language() === "zh" ? category.zh : category.en;
  return place ? `${name}${language() === "zh" ? "，" : ", "}${place}` : name;
}

/** Whether it is said well enough who called: a customer has a name, a flat or a number. */
export function callerLacks(draft: Pick<Draft, "caller" | "name" | "phone">): boolean {
  if (!draft.caller) return true;
  return draft.caller === "customer" && !draft.name.trim() && !draft.phone.trim();
}

/** A caller as the API takes it. */
export function callerBody(draft: Pick<Draft, "caller" | "name" | "phone">): Telling["caller"] {
  const [kind, person] = (draft.caller ?? "unknown").split(":") as [CallerKind, string?];
  const named = kind === "customer" || kind === "unknown";
  return {
    kind,
    ...(person ? { person } : {}),
    ...(named && draft.name.trim() ? { name: draft.name.trim() } : {}),
    ...(named && draft.phone.trim() ? { phone: draft.phone.trim() } : {}),
  };
}
