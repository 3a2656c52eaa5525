import type { Report } from "../api/contract";

/** The queue in the order of the eye: life safety, what else waits, what the desk has not accepted yet. */
export interface Sections {
  life: Report[];
  waiting: Report[];
  /** Put aside until a moment; the soonest first. */
  parked: Report[];
  forwarded: Report[];
}

export function sections(reports: readonly Report[]): Sections {
  const open = reports.filter((one) => one.status === "reported");
  const waiting = open.filter((one) => !one.parked);
  return {
    life: waiting.filter((one) => one.cls === "life_safety"),
    waiting: waiting.filter((one) => one.cls !== "life_safety"),
    parked: open
      .filter((one) => one.parked)
      .sort((a, b) => Date.parse(a.parked?.until ?? "") - Date.parse(b.parked?.until ?? "")),
    forwarded: reports.filter((one) => one.status === "forwarded"),
  };
}

export function inOrder({ life, waiting, parked, forwarded }: Sections): Report[] {
  return [...life, ...waiting, ...parked, ...forwarded];
}

/** The number beside the present one; at an end, or with none chosen, the nearest there is. */
export function beside(
  reports: readonly Report[],
  number: number | null,
  step: 1 | -1,
): number | null {
  const at = reports.findIndex((one) => one.number === number);
  if (at < 0) return reports[0]?.number ?? null;
  return reports[Math.max(0, Math.min(reports.length - 1, at + step))]?.number ?? null;
}

/** What comes after one that is done: the next that nobody holds, or that is mine. */
export function nextAfter(reports: readonly Report[], done: number): number | null {
  const open = reports.filter(
    (one) => one.number !== done && one.status === "reported" && !one.parked && (!one.claim || one.claim.mine),
  );
  return open[0]?.number ?? null;
}

/** Words a report can be found by. Finding moves the eye; it never hides a row. */
export function findable(report: Report): string[] {
  return [
    `#${report.number}`,
    String(report.number),
    report.words,
    report.device?.name ?? "",
    report.device?.code ?? "",
    ...(report.place?.path ?? []),
    report.claim?.by.name ?? "",
  ].filter(Boolean);
}
