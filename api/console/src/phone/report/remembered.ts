/** What this telephone was used for last, so that the next report takes fewer taps. */

const KEY = "shouwen.phone";
const PLACES = 8;

interface Remembered {
  /** Codes of places, the last one first. */
  places: readonly string[];
  /** How often each kind was chosen. */
  kinds: Readonly<Record<string, number>>;
  /** What was last dealt with on the spot. */
  spot: string | null;
}

export function remembered(): Remembered {
  const first: Remembered = { places: [], kinds: {}, spot: null };
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Remembered>) };
  } catch {
    return first;
  }
}

export function note(place: string, kind: string, spot: boolean): void {
  const before = remembered();
  const now: Remembered = {
    places: [place, ...before.places.filter((one) => one !== place)].slice(0, PLACES),
    kinds: { ...before.kinds, [kind]: (before.kinds[kind] ?? 0) + 1 },
    spot: spot ? kind : before.spot,
  };
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // storage forbidden: every list begins at its beginning
  }
}
