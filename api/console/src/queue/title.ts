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

/** Where: device, or the last two steps of the place's path; of a fire phone which handset. */
export function placeLine(report: Report): string {
  const place = report.place ? pathOf(report.place.path, 2) : "";
  const handset = handsetOf(report);
  if (handset) return place ? `${handset} / ${place}` : handset;
  const device = report.device?.name ?? "";
  if (!device) return place || named("channel", report.channel);
  const beginning = (report.place?.name ?? "").slice(0, ALIKE);
  return place && !device.includes(beginning) ? `${device} / ${place}` : device;
}

/** Which of a fire phone's handsets: "分机 17". A row is narrow, and the host is always the same. */
export function handsetOf(report: Report): string {
  if (report.subject === null || report.channel !== "fire_phone") return "";
  return t("title.extension", { extension: report.subject });
}

/** The path from the root; only its last steps if asked. The site itself is left out. */
export function pathOf(path: readonly string[], last = path.length): string {
  const below = path.length > 1 ? path.slice(1) : path;
  // "3号楼 / 3号楼2单元" says the building twice
  const inside = below.filter((step, index) => !below[index + 1]?.startsWith(step));
  return inside.slice(-last).join(" / ") || t("place.unknown");
}
