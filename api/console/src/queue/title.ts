import type { Report } from "../api/contract";
import { both, named, t } from "../words/words";

/** What it is, in a few words: its category once it has one, the device's event, or what was said. */
export function headline(report: Report): string {
  if (report.category) return both(report.category);
  if (report.event_type) return named("event", report.event_type);
  return report.words || named("channel", report.channel);
}

/** Names that begin alike tell of the same place. */
const ALIKE = 2;

/** Where: device, or the last two steps of the place's path. */
export function placeLine(report: Report): string {
  const place = report.place ? pathOf(report.place.path, 2) : "";
  const device = report.device ? partOf(report) : "";
  if (!device) return place || named("channel", report.channel);
  const beginning = (report.place?.name ?? "").slice(0, ALIKE);
  return place && !device.includes(beginning) ? `${device} / ${place}` : device;
}

/** The device, and for a fire phone which of its handsets: "消防电话总机 分机 17". */
export function partOf(report: Report): string {
  const name = report.device?.name ?? "";
  if (report.subject === null || report.channel !== "fire_phone") return name;
  return t("title.extension", { device: name, extension: report.subject });
}

/** The path from the root; only its last steps if asked. The site itself is left out. */
export function pathOf(path: readonly string[], last = path.length): string {
  const below = path.length > 1 ? path.slice(1) : path;
  // "3号楼 / 3号楼2单元" says the building twice
  const inside = below.filter((step, index) => !below[index + 1]?.startsWith(step));
  return inside.slice(-last).join(" / ") || t("place.unknown");
}
