/** A report before it is sent. */
import type { Category, Place, Shot } from "../outbox/item";

export type Step = "shoot" | "place" | "kind" | "check";

export interface Draft {
  /** `shoot`: nothing has begun. */
  step: "shoot" | "go";
  /** Begun as dealt with on the spot. */
  spot: boolean;
  shots: readonly Shot[];
  place: Place | null;
  kind: Category | null;
  words: string;
}

export const FRESH: Draft = {
  step: "shoot",
  spot: false,
  shots: [],
  place: null,
  kind: null,
  words: "",
};

/** What is asked next: only what is not known yet. */
export function nextStep(draft: Draft): Step {
  if (draft.step === "shoot") return "shoot";
  if (!draft.place) return "place";
  return draft.kind ? "check" : "kind";
}

/** The place whose code was scanned: `/m/p/<place>`. */
export function placeInAddress(path: string): string | null {
  const found = /^\/m\/p\/([^/]+)\/?$/.exec(path);
  try {
    return found?.[1] ? decodeURIComponent(found[1]) : null;
  } catch {
    return null;
  }
}

/** Places as they are offered: used last first, then by name. */
export function offered(
  places: readonly Place[],
  last: readonly string[],
  find: string,
): readonly Place[] {
  const rank = (one: Place) => {
    const at = last.indexOf(one.code);
    return at < 0 ? last.length : at;
  };
  const by = new Intl.Collator("zh-CN", { numeric: true });
  const wanted = find.trim().toLowerCase();
  return places
    .filter((one) => `${one.path.join(" ")} ${one.code}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => rank(a) - rank(b) || by.compare(a.path.join(" "), b.path.join(" ")));
}
