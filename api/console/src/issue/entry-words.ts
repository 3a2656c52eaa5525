import type { Entry } from "../api/contract";
import { siteNow } from "../time/clock";
import { moment } from "../time/format";
import { named, t } from "../words/words";

/** Names for codes that stand in the bodies of entries. */
export interface Known {
  people: ReadonlyMap<string, string>;
  places: ReadonlyMap<string, string>;
  categories: ReadonlyMap<string, string>;
}

/** Fields whose values are codes of a family that the catalogue of words knows. */
const FAMILIES: Readonly<Record<string, string>> = {
  channel: "channel",
  urgency: "urgency",
  urgency_before: "urgency",
  event: "event",
  state: "call",
  cause: "cause",
  outcome: "outcome",
  caller: "caller",
  label: "label",
  verdict: "verdict",
  by_machine: "verdict",
  purpose: "purpose",
  band: "band",
  why: "why",
  panel: "panel",
  decision: "decision",
  consequence: "consequence",
  by: "repeat_by",
  trouble: "trouble",
};
/** A picture is known by its hash; eight letters of it are enough to tell it from others. */
const HASH = /^[0-9a-f]{64}$/;
const PEOPLE = new Set(["deputy", "absent", "asked_by", "person", "caller_person", "holder", "to", "people", "before", "after", "handlers", "of", "post", "posts"]);
/** How an owner says his issue stands: it shares its field with calls. */
const FOLLOWED = new Set(["still_open", "solved", "cannot_see"]);
/** Here a "no" says as much as a "yes". */
const SAID_EITHER_WAY = new Set(["coming", "asked", "customer_told"]);
const PLACES = new Set(["place", "caller_place"]);

/** Say what happened; a kind nobody taught us stays legible. */
export function headOf(entry: Entry): string {
  return named("entry", entry.kind);
}

/** The entry's own fields as pairs of words; what says nothing to a reader is left out. */
export function factsOf(entry: Entry, known: Known): [string, string][] {
  return Object.entries(entry.body)
    .filter(([name, value]) => value !== null && (value !== false || SAID_EITHER_WAY.has(name)) && value !== "" && !isEmpty(value))
    .map(([name, value]) => [nameOf(name, value), wordsOf(name, value, known)]);
}

/** `of` is a person to whom a day belongs, or the issue that something repeats. */
function nameOf(name: string, value: unknown): string {
  return name === "of" && typeof value === "number" ? t("field.of_issue") : named("field", name);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function wordsOf(name: string, value: unknown, known: Known): string {
  if (Array.isArray(value))
    return value.map((one) => wordsOf(name, one, known)).join(t("join.comma"));
  const text = String(value);
  if (name === "of" && typeof value === "number") return `#${text}`;
  if (value === true) return t("yes");
  if (value === false) return t("no");
  if (name === "state" && FOLLOWED.has(text)) return named("followed", text);
  if (HASH.test(text)) return text.slice(0, 8);
  if (name === "report") return `#${text}`;
  if (name === "category" || name === "category_before") return known.categories.get(text) ?? text;
  if (PLACES.has(name)) return known.places.get(text) ?? text;
  if (PEOPLE.has(name)) return known.people.get(text) ?? named("role", text);
  const family = FAMILIES[name];
  if (family) return named(family, text);
  if (name.endsWith("_at") && !Number.isNaN(Date.parse(text)))
    return moment(Date.parse(text), siteNow());
  return text;
}
