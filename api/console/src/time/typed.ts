import { day, fromCivil } from "./format";

const DAY = 86_400_000;

function clock(text: string): string | null {
  const found = /^(\d{1,2})[:：.]?(\d{2})$/.exec(text);
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}:00`;
}

/**
 * Read a moment as people type it: `0412`, `4:12`, `11-24 09:00`, `2026-11-24 9:00`, `+2h`, `+30m`.
 *
 * A time without a date is the nearest one in the stated direction; a date without a year is this
 * year's. null: not readable.
 */
export function typedMoment(
  text: string,
  now: number,
  direction: "past" | "future",
): number | null {
  const typed = text.trim();
  const ahead = /^\+(\d{1,3})\s*([hm时分])$/.exec(typed);
  if (ahead) return now + Number(ahead[1]) * (/[h时]/.test(ahead[2] ?? "") ? 3_600_000 : 60_000);
  const dated = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})\s+(\S+)$/.exec(typed);
  if (dated) return onDate(dated, now);
  const time = clock(typed);
  if (!time) return null;
  const today = fromCivil(`${day(now)}T${time}`);
  if (direction === "past") return today <= now ? today : fromCivil(`${day(now - DAY)}T${time}`);
  return today >= now ? today : fromCivil(`${day(now + DAY)}T${time}`);
}

function onDate(found: RegExpExecArray, now: number): number | null {
  const time = clock(found[4] ?? "");
  const [month, date] = [Number(found[2]), Number(found[3])];
  if (!time || month < 1 || month > 12 || date < 1 || date > 31) return null;
  const year = found[1] ?? day(now).slice(0, 4);
  const civil = `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
  const at = fromCivil(`${civil}T${time}`);
  return Number.isNaN(at) || day(at) !== civil ? null : at;
}
