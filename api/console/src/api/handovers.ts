import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { change, read, send, sendOnce } from "./client";
import { SAFETY_NET } from "./queries";
import type { Body } from "./routes";

/** The sheet as it would be signed now. Under `duties`, which each entry of the journal nudges. */
export function useSheet(enabled = true) {
  return useQuery({
    queryKey: ["duties", "handovers", "sheet"],
    queryFn: () => read("/api/v1/handovers/sheet"),
    refetchInterval: SAFETY_NET,
    enabled,
  });
}

export function useHandovers() {
  return useInfiniteQuery({
    queryKey: ["duties", "handovers", "signed"],
    queryFn: ({ pageParam }) =>
      read("/api/v1/handovers", { limit: 20, ...(pageParam ? { cursor: Number(pageParam) } : {}) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
}

/** A signed sheet does not change any more. */
export function useHandover(number: number) {
  return useQuery({
    queryKey: ["handover", number],
    queryFn: () => read("/api/v1/handovers/{number}", undefined, number),
    staleTime: Infinity,
  });
}

export function useNote() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (words: string) => send(change("/api/v1/handovers/notes", undefined, { words })),
    onSettled: () => client.invalidateQueries({ queryKey: ["duties", "handovers"] }),
  });
}

/** Both sign. No key: what it would stand for is a hash of passwords. */
export function useSign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<"/api/v1/handovers">) =>
      sendOnce(change("/api/v1/handovers", undefined, body)),
    onSettled: () => client.invalidateQueries({ queryKey: ["duties", "handovers"] }),
  });
}
