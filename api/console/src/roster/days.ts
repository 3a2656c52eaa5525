import { day } from "../time/format";

const DAY = 86_400_000;

/** The Monday of the week a moment lies in, as a date. */
export function monday(at: number): string {
  const weekday = (new Date(`${day(at)}T00:00:00Z`).getUTCDay() + 6) % 7;
  return shifted(day(at), -weekday);
}

export function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
