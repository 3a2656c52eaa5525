import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refused, change, read, send } from "./client";

interface Asked {
  url: string;
  init: RequestInit;
}
const asked: Asked[] = [];
let answers: (Response | Error)[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push({ url, init });
    const next = answers.shift();
    return next instanceof Response ? Promise.resolve(next) : Promise.reject(next ?? new Error());
  });
});
afterEach(() => vi.unstubAllGlobals());

const keyOf = ({ init }: Asked) => (init.headers as Record<string, string>)["Idempotency-Key"];

test("what got lost on the way is told again with the same key", async () => {
  answers = [new TypeError("no network"), Response.json({ number: 7 })];
  await send(change("/api/v1/reports/{number}/claim", 7, undefined));
  expect(asked.map((one) => one.url)).toEqual(Array(2).fill("/api/v1/reports/7/claim"));
  expect(keyOf(asked[0] as Asked)).toBeTruthy();
  expect(keyOf(asked[0] as Asked)).toBe(keyOf(asked[1] as Asked));
});

test("what was refused is not told again, and says how things stand", async () => {
  const body = { error: "not_yours", detail: "held", present: { number: 7 } };
  answers = [Response.json(body, { status: 409 })];
  const refused = await send(change("/api/v1/reports/{number}/claim", 7, undefined)).catch(
    (e: unknown) => e,
  );
  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({ status: 409, code: "not_yours", present: { number: 7 } });
  expect(asked).toHaveLength(1);
});

test("empty filters are not asked for", async () => {
  answers = [Response.json({ items: [], next_cursor: null })];
  await read("/api/v1/issues", { q: "", open: true, limit: 50 });
  expect(asked[0]?.url).toBe("/api/v1/issues?open=true&limit=50");
});
