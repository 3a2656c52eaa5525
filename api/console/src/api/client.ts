/** One way to the API: JSON in, JSON out, refusals as `Refused`. */

const ROOT = "/api/v1";

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

async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let answer: Response;
  try {
    answer = await fetch(ROOT + path, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused(0, "unreachable", "");
  }
  const said = (await answer.json().catch(() => null)) as unknown;
  if (answer.ok) return said as T;
  const problem = (said ?? {}) as Problem;
  const detail = typeof problem.detail === "string" ? problem.detail : "";
  throw new Refused(answer.status, problem.error ?? `http_${answer.status}`, detail, problem.present);
}

type Asked = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Read; empty values of the query are left out. */
export function read<T>(path: string, asked: Asked = {}): Promise<T> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return call<T>("GET", text ? `${path}?${text}` : path);
}

/** Write once: told again after a lost answer, the same key gives the same answer. */
export async function write<T>(path: string, body: unknown = {}): Promise<T> {
  const key = crypto.randomUUID?.() ?? randomKey();
  try {
    return await call<T>("POST", path, body, key);
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 0) {
      return call<T>("POST", path, body, key);
    }
    throw problem;
  }
}

export function remove(path: string): Promise<void> {
  return call<void>("DELETE", path);
}

/** randomUUID exists in secure contexts only; a console may be reached by plain http on its own net. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
