import { afterEach, expect, test, vi } from "vitest";
import { aReport } from "../queue/examples";
import { wholeQueue } from "./queries";

afterEach(() => vi.unstubAllGlobals());

/** A centre whose queue has so many rows, and hands out 500 at once. */
function aCentreWith(rows: number) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address);
    const from = Number(new URLSearchParams(address.split("?")[1]).get("cursor") ?? 0);
    const until = Math.min(from + 500, rows);
    const items = Array.from({ length: until - from }, (_, n) => aReport({ number: from + n + 1 }));
    const next_cursor = until < rows ? String(until) : null;
    const page = { items, next_cursor, waiting: rows, forwarded: 0 };
    return Promise.resolve(new Response(JSON.stringify(page), { status: 200 }));
  });
  return asked;
}

test.each([0, 3, 500, 501, 1234])("all %i rows of a queue are there, each once", async (rows) => {
  const asked = aCentreWith(rows);

  const queue = await wholeQueue();

  expect(queue.items.map((one) => one.number)).toEqual(
    Array.from({ length: rows }, (_, n) => n + 1),
  );
  expect(queue.next_cursor).toBeNull();
  expect(asked).toHaveLength(Math.max(1, Math.ceil(rows / 500)));
});
