/** The site's time on a telephone whose own clock nobody trusts. */
import type { SiteClock } from "./time-of";
import { language } from "./words";

interface Clock extends SiteClock {
  zone: string;
}


let clock: Clock = { now: Date.now(), told: Date.now(), speed: 1, zone: "Asia/Shanghai" };

export function setClock(told: Clock): void {
  clock = told;
}

export function siteNow(): number {
  return clock.now + (Date.now() - clock.told) * clock.speed;
}

/** What moment of the site it was at a moment of this telephone. */
export function siteAt(here: number): number {
  return clock.now + (here - clock.told) * clock.speed;
}

/** "14:05" of today, else "11-28 14:05"; site's time. */
export function shown(at: string | number): string {
  const value = typeof at === "number" ? at : Date.parse(at);
  const time = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, value);
  const day = format({ month: "2-digit", day: "2-digit" }, value);
  const today = format({ month: "2-digit", day: "2-digit" }, siteNow());
  return day === today ? time : `${day} ${time}`;
}

export function hour(): number {
  return Number(new Intl.DateTimeFormat("en-GB", { timeZone: clock.zone, hour: "2-digit", hourCycle: "h23" }).format(siteNow()));
}

function format(options: Intl.DateTimeFormatOptions, at: number): string {
  const locale = language() === "zh" ? "zh-CN" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeZone: clock.zone, ...options }).format(at);
}
