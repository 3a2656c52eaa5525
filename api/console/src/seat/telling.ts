/** What a console says of itself, and when: pure. */
export interface Said {
  present: boolean;
  sound_blocked: boolean;
  stream_stale: boolean;
}

export interface Heard {
  /** Whether keys or pointer were used since the last telling. */
  used: boolean;
  soundBlocked: boolean;
  streamStale: boolean;
  /** The centre asks whether anybody is there. */
  asked: boolean;
}

/** A sign of presence goes at most once a minute; a trouble is said again before it is forgotten. */
export const PRESENT_EVERY = 60_000;
export const TROUBLE_EVERY = 30_000;

/** What is to be told now, if anything. */
export function tellingNow(
  now: number,
  heard: Heard,
  last: { at: number; presentAt: number; said: Said } | null,
): Said | null {
  const said = {
    present: heard.used,
    sound_blocked: heard.soundBlocked,
    stream_stale: heard.streamStale,
  };
  if (last === null) return { ...said, present: true };
  const changed =
    last.said.sound_blocked !== said.sound_blocked || last.said.stream_stale !== said.stream_stale;
  const troubled = said.sound_blocked || said.stream_stale;
  const dueSign = said.present && (heard.asked || now - last.presentAt >= PRESENT_EVERY);
  if (changed || dueSign || (troubled && now - last.at >= TROUBLE_EVERY)) return said;
  return null;
}
