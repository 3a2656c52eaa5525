import type { Key } from "../words/words";
import { language, t } from "../words/words";

/** Why something cannot be, as the API says it; codes and names stand in `a` and `b`. */
const REASONS: readonly (readonly [RegExp, Key])[] = [
  [/^unit '(?<a>.*)' is not known here/, "reason.no_unit"],
  [/^place '(?<a>.*)' is not known here/, "reason.no_place"],
  [/^person '(?<a>.*)' is not known here/, "reason.no_person"],
  [/^roles: at least one/, "reason.no_role"],
  [/^unit '(?<a>.*)' is retired/, "reason.unit_retired"],
  [/^place '(?<a>.*)' is retired/, "reason.place_retired"],
  [/^(?<a>\S+) is the last administrator/, "reason.last_administrator"],
  [/^(?<a>.+) still work for '(?<b>.*)'/, "reason.still_work"],
  [/would lie within itself|lies within itself/, "reason.ring"],
  [/^(?<a>(?:device|post) \S+) is at '(?<b>.*)'/, "reason.held"],
  [/^(?<a>.+) lie below '(?<b>.*)'/, "reason.below"],
  [/^no such column/, "reason.no_column"],
  [/^the column stands twice/, "reason.column_twice"],
  [/^the column is missing/, "reason.column_missing"],
  [/^the table is empty/, "reason.empty"],
  [/^a formula/, "reason.formula"],
  [/^more cells than headings/, "reason.more_cells"],
  [/^'(?<a>.*)' stands in row (?<b>\d+) already/, "reason.row_twice"],
  [/^'(?<a>.*)' is none of (?<b>.*)/, "reason.none_of"],
  [/^must be 1 to 64 of/, "reason.code"],
  [/^must be 1 to 64 characters without/, "reason.code_no_blank"],
  [/^must be 1 to 64 characters/, "reason.short_code"],
  [/^must be 1 to 200 characters/, "reason.line"],
  [/^must be at most 64 characters/, "reason.phone"],
  [/^must be yes or no/, "reason.flag"],
  [/^must be a date/, "reason.date"],
  [/^differs from row (?<a>\d+)/, "reason.differs"],
  [/ends before it begins/, "reason.stay"],
  [/^a door needs its place|^a place is needed/, "reason.needs_place"],
  [/^must be a time/, "reason.time"],
  [/^must be day and time/, "reason.moment"],
  [/^'(?<a>.*)' is not a telephone number/, "reason.not_a_phone"],
  [/^'(?<a>.*)' was rounded/, "reason.rounded"],
  [/^at most (?<a>\d+)/, "reason.at_most"],
  [/^must be a number from/, "reason.number"],
  [/^there is no person '(?<a>.*)'/, "reason.whom"],
  [/^there is no post '(?<a>.*)'/, "reason.no_post"],
  [/^there is no shift '(?<a>.*)'/, "reason.no_shift"],
  [/^(?<a>\S+) does not work here any more/, "reason.left"],
  [/^(?<a>\S+) is no \S+, as (?<b>\S+) asks for/, "reason.wrong_role"],
  [/^(?<a>.+) is over; what was/, "reason.over"],
  [/^(?<a>\S+) at the same time is at (?<b>.+)/, "reason.two_posts"],
  [/^stands there twice/, "reason.twice"],
  [/^(?<a>\S+) is away on /, "reason.away_alone"],
  [/^(?<a>.+) stands there by now/, "reason.by_now"],
  [/^no column for a day/, "reason.no_day"],
  [/^the days must follow/, "reason.days"],
  [/^stands in row (?<a>\d+) already/, "reason.stands"],
  [/^(?<a>\S+) is outside/, "reason.outside"],
  [/^(?<a>\S+) is entered as away/, "reason.away_already"],
  [/^nobody is his own deputy/, "reason.own_deputy"],
  [/^an absence ends after/, "reason.absence_ends"],
  [/^the roster uses (?<a>\S+);/, "reason.shift_used"],
  [/^people are on the roster for (?<a>\S+)/, "reason.post_used"],
  [/^a roster is written for at most (?<a>\d+)/, "reason.too_many_days"],
];

/** A reason in the reader's language; null: one that has no words yet. */
export function reason(said: string): string | null {
  for (const [pattern, key] of REASONS) {
    const found = pattern.exec(said);
    if (found) return t(key, { a: found.groups?.a ?? "", b: found.groups?.b ?? "" });
  }
  return language() === "en" ? said : null;
}
