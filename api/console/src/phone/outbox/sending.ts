/** Sending what waits, in the order it was written, each once; by the page or by its worker. */
import type { components } from "../../api-types";
import type { SiteClock } from "../time-of";
import { momentOf } from "../time-of";
import * as box from "./box";
import type { Act, FoundReport, Sent, Shot } from "./item";
import { open } from "./item";

type Session = components["schemas"]["SessionOut"];

/** Why a round ended: all sent, no net, slowed for some seconds, or nobody is logged in. */
export type Ended = { why: "done" | "no_net" | "logged_out" } | { why: "later"; seconds: number };

/** The server said no for good: sending again would change nothing. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(code);
  }
}

/** Not now: no net, the session has ended, or too many in a row. */
class NotNow extends Error {
  constructor(readonly ended: Ended) {
    super(ended.why);
  }
}

/** Who a session is, across sites. */
export function whose(session: Session): string {
  return `${session.site.code}/${session.person.code}`;
}

export async function flush(): Promise<Ended> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return round();
  return locks.request("shouwen-outbox", round);
}

async function round(): Promise<Ended> {
  try {
    const session = (await ask("GET", "/api/v1/session")) as Session;
    const clock = { now: Date.parse(session.clock.now), told: Date.now(), speed: session.clock.speed };
    const of = whose(session);
    for (const waiting of await box.all(of)) {
      // It may have been taken back meanwhile.
      const item = await box.find(waiting.id);
      if (!item || !open(item) || (item.notBefore ?? 0) > Date.now()) continue;
      await one(item, clock);
    }
    await box.tidy(of);
    return { why: "done" };
  } catch (problem) {
    if (problem instanceof NotNow) return problem.ended;
    throw problem;
  }
}

async function one(item: Sent, clock: SiteClock): Promise<void> {
  try {
    await (item.kind === "report" ? sendReport(item, clock) : sendAct(item));
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    const { status, code, detail } = problem;
    await box.keep({ ...item, state: "refused", problem: { status, code, detail } });
  }
}

async function sendAct(item: Act): Promise<void> {
  await ask("POST", item.path, JSON.stringify(item.body), item.id);
  await box.keep({ ...item, state: "delivered", delivered: Date.now() });
}

async function sendReport(item: FoundReport, clock: SiteClock): Promise<void> {
  let kept = item;
  if (!kept.said) {
    const { place, category, words, how } = kept;
    const said = { told_at: momentOf(kept.written, clock), place: place.code, category: category.code, words, how };
    kept = { ...kept, said };
    await box.keep(kept);
  }
  if (kept.issue === undefined) {
    const told = (await ask("POST", "/api/v1/tellings", JSON.stringify(kept.said), kept.id)) as {
      issue: number;
    };
    kept = { ...kept, issue: told.issue, state: "told" };
    await box.keep(kept);
  }
  for (const shot of kept.shots.filter((one) => !one.sent)) {
    kept = await sendShot(kept, shot, clock);
    await box.keep(kept);
  }
  if (kept.how !== null && !kept.problem) kept = await end(kept);
  // Delivered pictures take no room any more.
  const shots = kept.shots.map((shot) => ({ ...shot, bytes: new ArrayBuffer(0) }));
  await box.keep({ ...kept, shots, state: "delivered", delivered: Date.now() });
}

/** A picture that is refused does not hold back its report; the list says so. */
async function sendShot(item: FoundReport, shot: Shot, clock: SiteClock): Promise<FoundReport> {
  const asked = new URLSearchParams({
    shows: shot.shows,
    origin: shot.origin,
    taken_at: momentOf(shot.taken, clock),
    place: item.place.code,
  });
  const path = `/api/v1/issues/${item.issue}/pictures/${shot.sha256}?${asked.toString()}`;
  const shots = item.shots.map((one) => (one === shot ? { ...one, sent: true } : one));
  try {
    await ask("PUT", path, shot.bytes, undefined, "image/jpeg");
    return { ...item, shots };
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    const { status, code, detail } = problem;
    return { ...item, shots, problem: { status, code, detail } };
  }
}

async function end(item: FoundReport): Promise<FoundReport> {
  try {
    await ask("POST", `/api/v1/tellings/${item.issue}/end`, undefined, `${item.id}-end`);
    return item;
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return { ...item, deskEnds: problem.code };
  }
}

async function ask(
  method: string,
  path: string,
  body?: BodyInit,
  key?: string,
  type = "application/json",
): Promise<unknown> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = type;
  if (key) headers["Idempotency-Key"] = key;
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers, credentials: "same-origin", ...(body === undefined ? {} : { body }) });
  } catch {
    throw new NotNow({ why: "no_net" });
  }
  const said = (await answer.json().catch(() => null)) as { error?: string; detail?: unknown } | null;
  if (answer.ok) return said;
  if (answer.status === 401) throw new NotNow({ why: "logged_out" });
  const code = said?.error ?? `http_${answer.status}`;
  if (answer.status === 429) {
    throw new NotNow({ why: "later", seconds: Number(answer.headers.get("Retry-After") ?? 30) });
  }
  // A site without a store for pictures says 503, too, and will say it again.
  if (answer.status >= 500 && code !== "no_pictures") throw new NotNow({ why: "later", seconds: 30 });
  if (answer.status === 408) throw new NotNow({ why: "no_net" });
  throw new Refusal(answer.status, code, typeof said?.detail === "string" ? said.detail : "");
}
