/** One way to the API: JSON in, JSON out, refusals as `Refused`. */
import type {
  Answer,
  Body,
  DeletePath,
  GetPath,
  Parts,
  PostPath,
  Put,
  PutBody,
  PutPath,
  Query,
  Removed,
  Written,
} from "./routes";
import { siteNow } from "../time/clock";
import { sha256 } from "../phone/report/sha256";
import { filled } from "./routes";

/** The API said no, or could not be reached (`status` 0). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    /** How things stand now, after a lost race (409). */
    readonly present: unknown = null,
  ) {
    super(detail || code);
    this.name = "Refused";
  }
}

interface Problem {
  error?: string;
  detail?: unknown;
  present?: unknown;
}

async function call(method: string, path: string, body?: unknown, key?: string): Promise<unknown> {
  const headers: Record<string, string> = { Accept: "application/json" };
  const asItIs = body instanceof Blob;
  if (body !== undefined) {
    headers["Content-Type"] = asItIs ? "application/octet-stream" : "application/json";
  }
  if (key) headers["Idempotency-Key"] = key;
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: asItIs ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new Refused(0, "unreachable", "");
  }
  const said = (await answer.json().catch(() => null)) as unknown;
  if (answer.ok) return said;
  const problem = (said ?? {}) as Problem;
  const detail = typeof problem.detail === "string" ? problem.detail : "";
  throw new Refused(
    answer.status,
    problem.error ?? `http_${answer.status}`,
    detail,
    problem.present,
  );
}

/** Read; empty values of the query are left out. */
export async function read<P extends GetPath>(
  path: P,
  query?: Query<P>,
  parts?: Parts,
): Promise<Answer<P>> {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") asked.append(name, String(one));
    }
  }
  const text = asked.toString();
  const address = filled(path, parts);
  return (await call("GET", text ? `${address}?${text}` : address)) as Answer<P>;
}

/** Fetch a picture, to be shown from memory: asked for once, looked at once. */
export async function fetchPicture(address: string): Promise<string> {
  return asDataUrl(await fetchBytes(address));
}

/** Fetch bytes as they are kept. */
export async function fetchBytes(address: string): Promise<Blob> {
  return (await answered(address)).blob();
}

/** Add a person's file to an issue; sent again it is there once. It was chosen, not just taken. */
export async function addPicture(
  issue: number,
  shows: "before" | "after",
  file: File,
): Promise<void> {
  const bytes = await file.arrayBuffer();
  const asked = new URLSearchParams({
    shows,
    origin: "gallery",
    taken_at: new Date(siteNow() - Math.max(0, Date.now() - file.lastModified)).toISOString(),
  });
  const path: PutPath = "/api/v1/issues/{number}/pictures/{sha256}";
  const address = filled(path, { number: String(issue), sha256: await sha256(bytes) });
  await answered(`${address}?${asked.toString()}`, {
    method: "PUT",
    headers: { "Content-Type": file.type || "application/octet-stream", "Idempotency-Key": newKey() },
    body: bytes,
  });
}

async function answered(address: string, request: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, { ...request, credentials: "same-origin" });
  } catch {
    throw new Refused(0, "unreachable", "");
  }
  if (answer.ok) return answer;
  const problem = ((await answer.json().catch(() => null)) ?? {}) as Problem;
  const detail = typeof problem.detail === "string" ? problem.detail : "";
  throw new Refused(answer.status, problem.error ?? `http_${answer.status}`, detail);
}

function asDataUrl(bytes: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Refused(0, "unreachable", ""));
    reader.readAsDataURL(bytes);
  });
}

/** A change that is yet to be sent. */
export interface Write<T> {
  path: string;
  body: unknown;
  /** Only to bear the type of the answer. */
  answer?: T;
}

export function change<P extends PostPath>(
  path: P,
  parts: Parts | undefined,
  body: Body<P>,
): Write<Written<P>> {
  return { path: filled(path, parts), body };
}

/** Write once: told again after a lost answer, the same key gives the same answer. */
export async function send<T>({ path, body }: Write<T>): Promise<T> {
  const key = newKey();
  try {
    return (await call("POST", path, body, key)) as T;
  } catch (problem) {
    if (!(problem instanceof Refused) || problem.status !== 0) throw problem;
    return (await call("POST", path, body, key)) as T;
  }
}

/** Put a text or a list in the place of another; once, as `send`. */
export async function put<P extends PutPath>(
  path: P,
  parts: Parts,
  body: PutBody<P>,
): Promise<Put<P>> {
  return (await call("PUT", filled(path, parts), body, newKey())) as Put<P>;
}

/** Bring a file as it is; said again after a lost answer it is the same file. */
export async function bring<P extends PostPath>(
  path: P,
  parts: Parts | undefined,
  query: Readonly<Record<string, string>>,
  file: Blob,
): Promise<Written<P>> {
  const address = `${filled(path, parts)}?${new URLSearchParams(query).toString()}`;
  return (await call("POST", address, file, newKey())) as Written<P>;
}

/** Ask for what is told only once: no key, so that no answer is kept. */
export async function sendOnce<T>({ path, body }: Write<T>): Promise<T> {
  return (await call("POST", path, body)) as T;
}

/** Put bytes in the place of others; what they are, the API sees by themselves. */
export async function putBytes<P extends PutPath>(
  path: P,
  parts: Parts,
  bytes: Blob,
  query: Readonly<Record<string, string>>,
): Promise<Put<P>> {
  const address = `${filled(path, parts)}?${new URLSearchParams(query).toString()}`;
  const answer = await answered(address, {
    method: "PUT",
    headers: { "Content-Type": bytes.type || "application/octet-stream" },
    body: bytes,
  });
  return (await answer.json()) as Put<P>;
}

export async function remove(path: DeletePath): Promise<void> {
  await call("DELETE", path);
}

/** Remove one of several; the answer is how the others stand. */
export async function removed<P extends DeletePath>(path: P, parts: Parts): Promise<Removed<P>> {
  return (await call("DELETE", filled(path, parts), undefined, newKey())) as Removed<P>;
}

/** randomUUID exists in secure contexts only; a console may be reached by plain http on its own net. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
