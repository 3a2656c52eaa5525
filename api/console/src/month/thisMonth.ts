import { siteNow } from "../time/clock";
import { day } from "../time/format";

/** The month of the site's calendar in which we are: `2026-11`. */
export function thisMonth(): string {
  return day(siteNow()).slice(0, 7);
}
