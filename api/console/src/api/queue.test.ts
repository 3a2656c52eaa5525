import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { aReport } from "../queue/examples";
import type { Queue, Report } from "./contract";
import { outdate, refreshQueue, wholeQueue, withIssues } from "./queue";

afterEach(() => vi.unstubAllGlobals());

const at = (number: number, change: Partial<Report> = {}) =>
  aReport({ number, issue: 100 + number, ...change });
const numbers = (queue: Queue | undefined) => queue?.items.map((one) => one.number);
const queueOf = (...items: Report[]): Queue => ({
  items,
  next_cursor: null,
  waiting: items.length,
  forwarded: 0,
  storms: [],
});

/** A centre that holds these reports and hands them out page by page. */
function aCentreWith(held: () => readonly Report[]) {
  const asked: URLSearchParams[] = [];
  vi.stubGlobal("fetch", (address: string) => {
    const query = new URLSearchParams(address.split("?")[1]);
    asked.push(query);
    const issues = query.getAll("issue").map(Number);
    const all = held().filter((one) => issues.length === 0 || issues.includes(one.issue));
    const from = all.findIndex((one) => one.number > Number(query.get("cursor") ?? 0));
    const items = from < 0 ? [] : all.slice(from, from + Number(query.get("limit")));
    const last = items.at(-1);
    const more = last !== undefined && last !== all.at(-1);
    const page = {
      items,
      next_cursor: more ? String(last.number) : null,
      waiting: held().length,
      forwarded: 0,
      storms: [],
    };
    return Promise.resolve(new Response(JSON.stringify(page), { status: 200 }));
  });
  return asked;
}

test.each([0, 3, 60, 61, 560, 561, 1234])("all %i rows are there, each once", async (rows) => {
  const all = Array.from({ length: rows }, (_, n) => at(n + 1));
  const asked = aCentreWith(() => all);

  const queue = await wholeQueue();

  expect(numbers(queue)).toEqual(all.map((one) => one.number));
  expect(queue.next_cursor).toBeNull();
  expect(asked).toHaveLength(1 + Math.ceil(Math.max(0, rows - 60) / 500));
});

test("the first rows are shown before the last are read", async () => {
  const all = Array.from({ length: 700 }, (_, n) => at(n + 1));
  const asked = aCentreWith(() => all);
  const shown: [rows: number | undefined, asked: number][] = [];

  await wholeQueue((first) => shown.push([first.items.length, asked.length]));

  expect(shown).toEqual([[60, 1]]);
  expect(asked).toHaveLength(3);
});

test("what moves while the queue is read is read again", async () => {
  const client = new QueryClient();
  let all = Array.from({ length: 100 }, (_, n) => at(n + 1));
  aCentreWith(() => all);

  const reading = wholeQueue(() => {
    // The first page is read: now one of its rows leaves, and another is claimed.
    all = all.filter((one) => one.number !== 5).map((one) => ({ ...one, words: "new" }));
    void refreshQueue(client, [105, 106]);
  });

  const queue = await reading;
  expect(numbers(queue)).not.toContain(5);
  expect(queue.items.find((one) => one.number === 6)?.words).toBe("new");
  expect(queue.items.find((one) => one.number === 7)?.words).toBe("");
});

test("what changed is read alone, and stands where it belongs", async () => {
  const client = new QueryClient();
  client.setQueryData(["queue"], queueOf(at(1), at(2), at(4)));
  const life = at(3, { priority: 0, told_at: "2026-11-23T13:00:00Z" });
  const asked = aCentreWith(() => [at(1), life, at(4)]);

  await refreshQueue(client, [102, 103]);

  expect(numbers(client.getQueryData(["queue"]))).toEqual([3, 1, 4]);
  expect(asked.map((one) => one.getAll("issue"))).toEqual([["102", "103"]]);
});

test("what an answer of ours has shown, an older reading does not take back", async () => {
  const client = new QueryClient();
  client.setQueryData(["queue"], queueOf(at(1)));
  const shown: (string | undefined)[] = [];
  client
    .getQueryCache()
    .subscribe(() => shown.push(client.getQueryData<Queue>(["queue"])?.items[0]?.words));
  aCentreWith(() => [at(1)]);
  const reading = refreshQueue(client, [101]);

  const claimed = at(1, { words: "claimed" });
  aCentreWith(() => [claimed]);
  outdate(101);
  client.setQueryData(["queue"], queueOf(claimed));
  await reading;

  expect(new Set(shown)).toEqual(new Set(["claimed"]));
});

test("rows of equal priority stand oldest first, whatever their seconds look like", () => {
  const late = at(1, { told_at: "2026-11-23T12:00:00.500Z" });
  const soon = at(2, { told_at: "2026-11-23T12:00:00Z" });
  expect(numbers(withIssues(queueOf(late), [102], queueOf(soon)))).toEqual([2, 1]);
});
