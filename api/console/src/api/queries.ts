import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Refused, read } from "./client";
import type {
  Category,
  Device,
  DeviceEvent,
  Entry,
  Escalation,
  Gateway,
  Issue,
  IssueRow,
  Listing,
  Notice,
  Person,
  Place,
  Queue,
  Session,
} from "./contract";

/** The stream nudges; this only catches what a lost nudge left behind. */
const SAFETY_NET = 30_000;

/** The session, or null for nobody logged in. */
export function useSession() {
  return useQuery({
    queryKey: ["session"],
    queryFn: () =>
      read<Session>("/session").catch((problem: unknown) => {
        if (problem instanceof Refused && problem.status === 401) return null;
        throw problem;
      }),
    staleTime: Infinity,
  });
}

export function useQueue(enabled = true) {
  return useQuery({
    queryKey: ["queue"],
    queryFn: () => read<Queue>("/queue", { limit: 200 }),
    refetchInterval: SAFETY_NET,
    enabled,
  });
}

export interface RegisterFilter {
  status?: string | undefined;
  urgency?: string | undefined;
  category?: string | undefined;
  place?: string | undefined;
  q?: string | undefined;
  open?: boolean | undefined;
}

/** The register, newest number first, page by page. */
export function useRegister(filter: RegisterFilter, limit = 50) {
  return useInfiniteQuery({
    queryKey: ["issues", filter, limit],
    queryFn: ({ pageParam }) =>
      read<Listing<IssueRow>>("/issues", { ...filter, limit, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: SAFETY_NET,
  });
}

export function useIssue(number: number | null) {
  return useQuery({
    queryKey: ["issue", number],
    queryFn: () => read<Issue>(`/issues/${number}`),
    enabled: number !== null,
  });
}

export function useJournal(number: number) {
  return useInfiniteQuery({
    queryKey: ["journal", number],
    queryFn: ({ pageParam }) =>
      read<Listing<Entry>>(`/issues/${number}/journal`, { limit: 200, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function useEscalations(state: "upcoming" | "fired") {
  return useInfiniteQuery({
    queryKey: ["escalations", state],
    queryFn: ({ pageParam }) =>
      read<Listing<Escalation>>("/escalations", { state, limit: 100, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: SAFETY_NET,
  });
}

export function useNotices(enabled = true) {
  return useQuery({
    queryKey: ["notices"],
    queryFn: () => read<Listing<Notice>>("/notices", { limit: 200 }),
    refetchInterval: SAFETY_NET,
    enabled,
  });
}

export function useDeviceEvents(filter: { device?: string | undefined; stale?: boolean | undefined }) {
  return useInfiniteQuery({
    queryKey: ["device-events", filter],
    queryFn: ({ pageParam }) =>
      read<Listing<DeviceEvent>>("/device-events", { ...filter, limit: 100, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function useDevices() {
  return useQuery({
    queryKey: ["devices"],
    queryFn: () => read<Listing<Device>>("/devices"),
    refetchInterval: SAFETY_NET,
  });
}

export function useGateways() {
  return useQuery({
    queryKey: ["gateways"],
    queryFn: () => read<Listing<Gateway>>("/gateways"),
    refetchInterval: SAFETY_NET,
  });
}

/** Lists that change a few times a month. */
function useList<T>(name: string, enabled = true) {
  return useQuery({
    enabled,
    queryKey: [name],
    queryFn: async () => (await read<Listing<T>>(`/${name}`)).items,
    staleTime: 10 * 60_000,
  });
}

export const usePlaces = () => useList<Place>("places");
export const usePeople = (enabled = true) => useList<Person>("people", enabled);
export const useCategories = () => useList<Category>("categories");
