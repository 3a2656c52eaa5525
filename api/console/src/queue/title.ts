import type { Report } from "../api/contract";
import { both, named, t } from "../words/words";

/** What it is, in a few words: its category once it has one, the device's event, or what was said. */
export function headline(report: Report): string {
  if (report.category) return both(report.category);
  if (report.event_type) return named("event", report.event_type);
  return report.words || named("channel", report.channel);
}

/** Where: device, or the last two steps of the place's path. */
export function placeLine(report: Report): string {
  const place = report.place ? pathOf(report.place.path, 2) : "";
  const device = report.device?.name ?? "";
  if (!device || place.includes(device)) return place || named("channel", report.channel);
  return place && !device.includes(report.place?.name ?? "\0") ? `${device} / ${place}` : device;
}

/** The path from the root; only its last steps if asked. The site itself is left out. */
export function pathOf(path: readonly string[], last = path.length): string {
  const inside = path.length > 1 ? path.slice(1) : path;
  return inside.slice(-last).join(" / ") || t("place.unknown");
}
