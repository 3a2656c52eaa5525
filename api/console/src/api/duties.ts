import { useQuery } from "@tanstack/react-query";
import { read } from "./client";
import { SAFETY_NET, SELDOM } from "./queries";

/** What is to be done about each kind of problem; the same for a long time. */
export function usePlaybooks() {
  return useQuery({
    queryKey: ["playbooks"],
    queryFn: () => read("/api/v1/playbooks"),
    staleTime: SELDOM,
  });
}

/** How far an issue has come on the way of its playbook. */
export function useIssuePlaybook(issue: number | null) {
  return useQuery({
    queryKey: ["playbook", issue],
    queryFn: () => read("/api/v1/issues/{number}/playbook", undefined, issue ?? undefined),
    enabled: issue !== null,
  });
}

export function useFollowing(issue: number) {
  return useQuery({
    queryKey: ["following", issue],
    queryFn: () => read("/api/v1/issues/{number}/following", undefined, issue),
  });
}

/** What I am asked, by its kind; every entry of the journal may change it. */
export function useAlerts(enabled = true) {
  return useQuery({
    queryKey: ["duties", "alerts"],
    queryFn: () => read("/api/v1/alerts", { open: true, limit: 50 }),
    refetchInterval: SAFETY_NET,
    enabled,
  });
}

export function useFollowUps(enabled = true) {
  return useQuery({
    queryKey: ["duties", "cards"],
    queryFn: () => read("/api/v1/followups"),
    refetchInterval: SAFETY_NET,
    enabled,
  });
}

export function useCopies() {
  return useQuery({
    queryKey: ["duties", "copies"],
    queryFn: () => read("/api/v1/copies", { limit: 100 }),
    refetchInterval: SAFETY_NET,
  });
}

export function useMissed(enabled: boolean) {
  return useQuery({
    queryKey: ["duties", "missed"],
    queryFn: () => read("/api/v1/followups/missed", { limit: 100 }),
    enabled,
  });
}

export function useOverdueCopies(enabled: boolean) {
  return useQuery({
    queryKey: ["duties", "overdue"],
    queryFn: () => read("/api/v1/copies/overdue", { limit: 100 }),
    enabled,
  });
}

export function useSaidSolved(enabled: boolean) {
  return useQuery({
    queryKey: ["duties", "solved"],
    queryFn: () => read("/api/v1/followups/solved", { limit: 100 }),
    enabled,
  });
}

export function useBriefings() {
  return useQuery({
    queryKey: ["briefings"],
    queryFn: () => read("/api/v1/briefings", { limit: 100 }),
  });
}

export function useBriefingAudience(number: number) {
  return useQuery({
    queryKey: ["briefings", number],
    queryFn: () => read("/api/v1/briefings/{number}/audience", undefined, number),
  });
}

export function useUnits() {
  return useQuery({
    queryKey: ["units"],
    queryFn: async () => (await read("/api/v1/units")).items,
    staleTime: SELDOM,
  });
}
