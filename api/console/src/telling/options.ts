import type { Category, Hint, Person, Place } from "../api/contract";
import type { Option } from "../parts/Choice";
import { pathOf } from "../queue/title";
import { inOrder } from "../words/order";
import { language, named, t } from "../words/words";

/** Nine digits for what is used most. */
const DIGITS = 9;

export function categoryOptions(categories: readonly Category[]): Option[] {
  return categories.map((one, index) => ({
    value: one.code,
    label: language() === "zh" ? one.zh : one.en,
    detail: named("urgency", one.urgency),
    names: [one.code, one.zh, one.en],
    ...(index < DIGITS ? { digit: index + 1 } : {}),
  }));
}

export function placeOptions(places: readonly Place[]): Option[] {
  return places.map((one) => ({ value: one.code, label: pathOf(one.path), names: [one.code] }));
}

/** Kinds of callers first, then the staff by name; whom a hint names stands before the others. */
export function callerOptions(people: readonly Person[], hints: readonly Hint[]): Option[] {
  const kinds = ["customer", "unknown", "device"].map((kind) => ({
    value: kind,
    label: named("caller", kind),
    detail: named("caller_hint", kind),
    names: [kind],
  }));
  const hinted = new Set(hints.flatMap((hint) => (hint.who ? [hint.who] : [])));
  const staff = people.map((one) => ({
    value: `staff:${one.code}`,
    label: one.name,
    detail: [
      ...(hinted.has(one.name) || hinted.has(one.code) ? [t("hint.title")] : []),
      ...one.roles.slice(0, 1).map((role) => named("role", role)),
      one.unit.name,
    ].join(" · "),
    names: [one.code],
    hinted: hinted.has(one.name) || hinted.has(one.code),
  }));
  return [...staff.filter((one) => one.hinted), ...kinds, ...staff.filter((one) => !one.hinted)];
}

export function personOptions(people: readonly Person[]): Option[] {
  return people.map((one) => ({
    value: one.code,
    label: one.name,
    detail: [...one.roles.slice(0, 1).map((role) => named("role", role)), one.unit.name].join(
      " · ",
    ),
    names: [one.code],
  }));
}

/** Who may be sent: people, found by their unit too, and the units themselves; or one unit's people. */
export function handlerOptions(people: readonly Person[], unit: string | null): Option[] {
  const units = new Map(people.map((one) => [one.unit.code, one.unit.name]));
  const ours = people.filter((one) => unit === null || one.unit.code === unit);
  const found = personOptions(ours).map((option, at) => ({
    ...option,
    names: [...(option.names ?? []), ours[at]?.unit.name ?? ""],
  }));
  if (unit !== null) return found;
  const whole = inOrder([...units], ([, name]) => name).map(([code, name]) => ({
    value: `unit:${code}`,
    label: name,
    detail: t("edit.unit"),
    names: [code],
  }));
  return [...found, ...whole];
}
