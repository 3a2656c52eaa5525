import type { Storm } from "../api/contract";
import { moment } from "../time/format";
import { t } from "../words/words";

/** "Event storm since 14:02", or from when to when. */
export function stormTitle(storm: Storm, now: number): string {
  const at = moment(Date.parse(storm.since), now, false);
  if (!storm.ended_at) return t("storm.row", { at });
  return t("storm.row_until", { at, until: moment(Date.parse(storm.ended_at), now, false) });
}

/** What is ticked: all, those that are marked, or else the one the eye is on. */
export function meant(
  all: boolean,
  marked: ReadonlySet<string>,
  chosen: string | null,
): string[] | null {
  if (all) return null;
  if (marked.size > 0) return [...marked];
  return chosen === null ? [] : [chosen];
}
