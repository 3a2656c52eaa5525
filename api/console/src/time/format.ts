import { language, t } from "../words/words";
import { siteZone } from "./clock";

const formats = new Map<string, Intl.DateTimeFormat>();

function parts(at: number, zone: string): Record<string, string> {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** Return the site's day of a moment: 2026-11-23. */
export function day(at: number, zone = siteZone()): string {
  const p = parts(at, zone);
  return `${p.year}-${p.month}-${p.day}`;
}

/** Return the site's time of day; without seconds if asked. */
export function clockTime(at: number, seconds = true, zone = siteZone()): string {
  const p = parts(at, zone);
  return seconds ? `${p.hour}:${p.minute}:${p.second}` : `${p.hour}:${p.minute}`;
}

/** Return time of day, with the date before it when it is not today's. */
export function moment(at: number, now: number, seconds = true): string {
  return dated(at, now, clockTime(at, seconds));
}

/** Put the day before a time of day, as the language writes days: 11月23日, 23 Nov. */
function dated(at: number, now: number, time: string): string {
  const [on, today] = [day(at), day(now)];
  if (on === today) return time;
  return `${dateOf(language(), siteZone(), on.slice(0, 4) !== today.slice(0, 4)).format(at)} ${time}`;
}

const dates = new Map<string, Intl.DateTimeFormat>();

function dateOf(spoken: string, zone: string, year: boolean): Intl.DateTimeFormat {
  const key = `${spoken} ${zone} ${year}`;
  let format = dates.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(spoken === "zh" ? "zh-CN" : "en-GB", {
      timeZone: zone,
      month: "short",
      day: "numeric",
      ...(year ? { year: "numeric" } : {}),
    });
    dates.set(key, format);
  }
  return format;
}

/** Return when a day's limit falls: the midnight that ends a day is that day's 24:00. */
export function due(at: number, now: number): string {
  return clockTime(at) === "00:00:00" ? dated(at - 1, now, "24:00") : moment(at, now, false);
}

/** Return hours of the site's day as a number, for the night's shade. */
export function hour(at: number): number {
  return Number(parts(at, siteZone()).hour);
}

/** Return a counting age as the row shows it: 00:14, 12:05, 3:02:10, 2 d 4 h. */
export function age(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const [d, h, m, s] = [
    Math.floor(total / 86_400),
    Math.floor(total / 3600) % 24,
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  const two = (n: number) => String(n).padStart(2, "0");
  if (d > 0) return t("time.days_hours", { d, h });
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

/** Return how far a moment is away, in words: "3 min ago", "in 2 h". */
export function distance(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language() === "zh" ? "zh-CN" : "en", {
    style: "short",
  });
  const size = Math.abs(seconds);
  if (size < 60) return format.format(seconds, "second");
  if (size < 3600) return format.format(Math.trunc(seconds / 60), "minute");
  if (size < 2 * 86_400) return format.format(Math.trunc(seconds / 3600), "hour");
  return format.format(Math.trunc(seconds / 86_400), "day");
}

/** Return the Unix milliseconds of a civil time in a zone; a time that never was moves forward. */
export function fromCivil(civil: string, zone = siteZone()): number {
  const wanted = Date.parse(`${civil}Z`);
  const shown = (at: number) => {
    const p = parts(at, zone);
    return Date.parse(`${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}:${p.second}Z`);
  };
  const first = wanted - (shown(wanted) - wanted);
  return first - (shown(first) - wanted);
}
