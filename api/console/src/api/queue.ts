/** The operators' queue in this browser: read whole once, then by what changes in it. */
import type { QueryClient } from "@tanstack/react-query";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { read } from "./client";
import type { Queue, Report } from "./contract";
import { SAFETY_NET } from "./queries";

const KEY = ["queue"];
/** A screen and some: what is read before anything is shown. */
const FIRST = 60;
/** As many as the API hands out at once. */
const PAGE = 500;
/** Of how many issues at most what changed is asked for; of more, the whole is read. */
const CHANGED = 200;
/** Issues that moved while the whole queue was being read: what was read of them may be old. */
const moved = new Set<number>();
/** How often a write of ours was answered for an issue: what was asked before that is old. */
const answered = new Map<number, number>();

/** An answer is shown now: nothing that was asked for before it may take it back. */
export function outdate(issue: number): void {
  answered.set(issue, (answered.get(issue) ?? 0) + 1);
  moved.add(issue);
}

export function useQueue(enabled = true) {
  const client = useQueryClient();
  return useQuery({
    queryKey: KEY,
    queryFn: () =>
      wholeQueue((part) => client.setQueryData<Queue>(KEY, (known) => known ?? part)),
    // A longer queue costs more pages, so it is read again as much less often.
    refetchInterval: ({ state }) =>
      SAFETY_NET * Math.max(1, Math.ceil((state.data?.items.length ?? 0) / PAGE)),
    enabled,
  });
}

/**
 * Every page of it: a report that no operator can scroll to would be a call lost.
 *
 * `show` is handed the first page as soon as it is there.
 */
export async function wholeQueue(show?: (first: Queue) => void): Promise<Queue> {
  moved.clear();
  let whole = await read("/api/v1/queue", { limit: FIRST });
  let next = whole.next_cursor;
  if (next) show?.({ ...whole, items: [...whole.items] });
  while (next) {
    const page = await read("/api/v1/queue", { limit: PAGE, cursor: Number(next) });
    whole.items.push(...page.items);
    next = page.next_cursor;
  }
  whole = { ...whole, next_cursor: null };
  while (moved.size > 0) {
    const issues = [...moved].slice(0, CHANGED);
    for (const issue of issues) moved.delete(issue);
    whole = withIssues(whole, issues, await ofIssues(issues));
  }
  return whole;
}

/** Read again what these issues have in the queue, and nothing else. */
export async function refreshQueue(client: QueryClient, issues: readonly number[]): Promise<void> {
  for (const issue of issues) moved.add(issue);
  if (client.getQueryData(KEY) === undefined || issues.length === 0) return;
  if (issues.length > CHANGED) return client.invalidateQueries({ queryKey: KEY });
  const asked = issues.map((issue) => answered.get(issue));
  const fresh = await ofIssues(issues);
  if (issues.some((issue, at) => answered.get(issue) !== asked[at])) {
    return refreshQueue(client, issues);
  }
  const before = client.getQueryData<Queue>(KEY)?.storms.length;
  client.setQueryData<Queue>(KEY, (old) => old && withIssues(old, issues, fresh));
  // A storm folds rows of other issues, and gives them back.
  if (before !== fresh.storms.length) return client.invalidateQueries({ queryKey: KEY });
}

/** Put what issues have in the queue now in the place of what they had. */
export function withIssues(queue: Queue, issues: readonly number[], fresh: Queue): Queue {
  const gone = new Set(issues);
  const others = queue.items.filter((one) => !gone.has(one.issue));
  const items = [...others, ...fresh.items].sort(byPlace);
  const { waiting, forwarded, storms } = fresh;
  return { ...queue, items, waiting, forwarded, storms };
}

function ofIssues(issue: readonly number[]): Promise<Queue> {
  return read("/api/v1/queue", { limit: PAGE, issue: [...issue] });
}

/** The API's order: priority, then the oldest first. */
function byPlace(a: Report, b: Report): number {
  return (
    a.priority - b.priority ||
    Date.parse(a.told_at) - Date.parse(b.told_at) ||
    a.number - b.number
  );
}
