import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Write } from "../api/client";
import { read, send } from "../api/client";

/** What is known around a report, of the last twelve months. */
export function useAround(report: number, enabled: boolean) {
  return useQuery({
    queryKey: ["context", report],
    queryFn: () => read("/api/v1/reports/{number}/context", undefined, report),
    enabled,
  });
}

/** The same around an issue, whoever told it. */
export function useIssueAround(issue: number, enabled: boolean) {
  return useQuery({
    queryKey: ["context", "issue", issue],
    queryFn: () => read("/api/v1/issues/{number}/context", undefined, issue),
    enabled,
  });
}

/** Open issues that sound like what is being typed. */
export function useSimilar(text: string, place: string | null, category: string | null) {
  const said = text.trim();
  return useQuery({
    queryKey: ["similar", said, place, category],
    queryFn: () =>
      read("/api/v1/issues/similar", {
        text: said,
        ...(place ? { place } : {}),
        ...(category ? { category } : {}),
      }),
    enabled: said.length >= 2,
    staleTime: 5_000,
  });
}

export function useKin(issue: number) {
  return useQuery({
    queryKey: ["kin", issue],
    queryFn: () => read("/api/v1/issues/{number}/kin", undefined, issue),
  });
}

export function useVoices(issue: number, enabled: boolean) {
  return useQuery({
    queryKey: ["voices", issue],
    queryFn: () => read("/api/v1/issues/{number}/voices", undefined, issue),
    enabled,
  });
}

/** One write of this room; whatever it may have changed is read again. */
export function useChange<T>(onDone?: (answer: T) => void) {
  const client = useQueryClient();
  return useMutation<T, Error, Write<T>>({
    mutationFn: (write) => send(write),
    onSuccess: (answer) => onDone?.(answer),
    onSettled: () => client.invalidateQueries(),
  });
}
