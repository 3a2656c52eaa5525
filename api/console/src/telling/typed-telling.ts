import type { Channel, Means, Role, Telling, Urgency } from "../api/contract";
import { callerBody, callerLacks } from "../queue/draft";
import { typedMoment } from "../time/typed";

/** One hop as it is typed. */
export interface TypedRelay {
  id: number;
  /** A person's code, or null when only a name is known. */
  person: string | null;
  name: string;
  role: Role | null;
  to: string;
  means: Means;
  toldAt: string;
}

export interface TypedTelling {
  channel: Extract<
    Channel,
    "telephone" | "walk_in" | "squad_leader" | "captain" | "on_site_supervisor" | "desk"
  >;
  caller: string | null;
  name: string;
  phone: string;
  words: string;
  category: string | null;
  urgency: Urgency | null;
  place: string | null;
  /** Empty: just now. */
  toldAt: string;
  relays: TypedRelay[];
}

export function emptyTelling(): TypedTelling {
  return {
    channel: "telephone",
    caller: "customer",
    name: "",
    phone: "",
    words: "",
    category: null,
    urgency: null,
    place: null,
    toldAt: "",
    relays: [],
  };
}

let lastId = 0;

/** A new hop begins where the chain ends: the one who was told last passes it on. */
export function nextRelay(relays: readonly TypedRelay[]): TypedRelay {
  lastId += 1;
  const name = relays.at(-1)?.to ?? "";
  return { id: lastId, person: null, name, role: null, to: "", means: "telephone", toldAt: "" };
}

/** The telling as the API takes it; null: something is missing or not readable. */
export function bodyOf(typed: TypedTelling, now: number, at: "centre" | "desk"): Telling | null {
  const told = typed.toldAt ? typedMoment(typed.toldAt, now, "past") : undefined;
  const relays = typed.relays.map((relay) => relayBody(relay, now));
  if (told === null || relays.includes(null) || !typed.words.trim() || callerLacks(typed))
    return null;
  if (at === "desk" && (!typed.place || !typed.category)) return null;
  return {
    channel: typed.channel,
    caller: callerBody(typed),
    words: typed.words.trim(),
    relays: relays.filter((relay) => relay !== null),
    ...(told === undefined ? {} : { told_at: new Date(told).toISOString() }),
    ...(typed.place ? { place: typed.place } : {}),
    ...(typed.category ? { category: typed.category } : {}),
    ...(typed.urgency ? { urgency: typed.urgency } : {}),
  };
}

type RelayBody = NonNullable<Telling["relays"]>[number];

function relayBody(relay: TypedRelay, now: number): RelayBody | null {
  const told = relay.toldAt ? typedMoment(relay.toldAt, now, "past") : now;
  if (told === null || !relay.to.trim() || !(relay.person || relay.name.trim())) return null;
  return {
    ...(relay.person ? { by_person: relay.person } : { by: relay.name.trim() }),
    ...(relay.role ? { role: relay.role } : {}),
    to: relay.to.trim(),
    means: relay.means,
    told_at: new Date(told).toISOString(),
  };
}
