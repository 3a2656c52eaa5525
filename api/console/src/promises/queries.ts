import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { read } from "../api/client";
import type { Answer } from "../api/routes";

export type Promised = Answer<"/api/v1/promises">["items"][number];

/** Falls due by the clock: looked at again now and then, though nobody did anything. */
const OFTEN = 30_000;

/** What a desk still owes, the overdue first. */
export function useOwed() {
  return useInfiniteQuery({
    queryKey: ["issue", "promises-owed"],
    queryFn: ({ pageParam }) =>
      read("/api/v1/promises", { which: "owed", limit: 100, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: OFTEN,
  });
}

/** The promises of an issue, and what its customer was promised before. */
export function usePromises(issue: number, enabled: boolean) {
  return useQuery({
    queryKey: ["issue", issue, "promises"],
    queryFn: () => read("/api/v1/issues/{number}/promises", undefined, issue),
    refetchInterval: OFTEN,
    enabled,
  });
}
