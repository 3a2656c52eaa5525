/** What a telephone has still to send, and what it has sent. */
import type { components } from "../../api-types";

type Schemas = components["schemas"];
export type Place = Schemas["PlaceRef"];
export type Category = Schemas["CategoryOut"];
type Code = Pick<Category, "code" | "zh" | "en">;

/** Kept here; told without its pictures yet; at the server; or refused, with the reason. */
export type State = "kept" | "told" | "delivered" | "refused";

interface Item {
  /** Also the Idempotency-Key: sent twice, it is there once. */
  id: string;
  /** Whose telephone it was: nobody else sends it. */
  of: string;
  /** By this telephone's clock. */
  written: number;
  state: State;
  /** Not sent before: a swipe can be taken back so long. */
  notBefore?: number;
  problem?: { status: number; code: string; detail: string };
  /** When the server had it, by this telephone's clock. */
  delivered?: number;
}

export interface Shot {
  sha256: string;
  bytes: ArrayBuffer;
  shows: "before" | "after";
  origin: "taken" | "gallery";
  /** By this telephone's clock. */
  taken: number;
  sent?: boolean;
}

export interface FoundReport extends Item {
  kind: "report";
  place: Place;
  category: Code;
  words: string;
  /** How it was dealt with on the spot; null: it is still there. */
  how: string | null;
  shots: Shot[];
  /** What was said the first time it was sent: the same key always says the same. */
  said?: Schemas["FoundIn"];
  issue?: number;
  /** Why the desk has to end what was dealt with on the spot. */
  deskEnds?: string;
}

export interface Act extends Item {
  kind: "act";
  path: string;
  body: unknown;
  /** What it is, in words of both languages. */
  label: { zh: string; en: string };
}

export type Sent = FoundReport | Act;

export function open(item: Sent): boolean {
  return item.state === "kept" || item.state === "told";
}
