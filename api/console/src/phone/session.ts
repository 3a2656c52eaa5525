/** Who carries the telephone: known without a net, too, until the server says otherwise. */
import { Refused, read } from "../api/client";
import type { Answer } from "../api/routes";
import { forget, lastRead, remember } from "./outbox/box";
import { whose } from "./outbox/sending";
import { setClock } from "./time";

export type Session = Answer<"/api/v1/session">;

export interface Who {
  session: Session;
  of: string;
}

/** Return who is logged in; null: nobody. Without a net, who was here last. */
export async function who(): Promise<Who | null> {
  try {
    return await know(await read("/api/v1/session"));
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 401) return null;
    const kept = await lastRead<Session>("session").catch(() => undefined);
    if (!kept) throw problem;
    setTime(kept.value, kept.at);
    return { session: kept.value, of: whose(kept.value) };
  }
}

export async function know(session: Session): Promise<Who> {
  const kept = await lastRead<Session>("session").catch(() => undefined);
  // Somebody else's duties are not shown to who takes over his telephone.
  if (kept && whose(kept.value) !== whose(session)) await forget();
  await remember("session", session).catch(() => undefined);
  setTime(session, Date.now());
  return { session, of: whose(session) };
}

function setTime(session: Session, told: number): void {
  const { now, speed } = session.clock;
  setClock({ now: Date.parse(now), told, speed, zone: session.site.zone });
}
