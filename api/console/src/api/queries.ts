import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Refused, fetchPicture, read } from "./client";
import { inOrder } from "../words/order";
import type { Query } from "./routes";
import { pictureAt } from "./routes";

/** The stream nudges; this only catches what a lost nudge left behind. */
export const SAFETY_NET = 30_000;

/** The session, or null for nobody logged in. */
export function useSession() {
  return useQuery({
    queryKey: ["session"],
    queryFn: () =>
      read("/api/v1/session").catch((problem: unknown) => {
        if (problem instanceof Refused && problem.status === 401) return null;
        throw problem;
      }),
    staleTime: Infinity,
  });
}

export type RegisterFilter = Partial<
  Pick<
    Query<"/api/v1/issues">,
    "status" | "urgency" | "category" | "place" | "q" | "open" | "number"
  >
>;

const WAITING: RegisterFilter = { status: ["forwarded"] };

/** The register, newest number first, page by page. */
export function useRegister(filter: RegisterFilter, limit = 50) {
  return useInfiniteQuery({
    queryKey: ["issues", filter, limit],
    queryFn: ({ pageParam }) => read("/api/v1/issues", { ...filter, limit, ...after(pageParam) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: SAFETY_NET,
  });
}

/** All that waits for the desk to accept: none of it may be out of reach. */
export function useWaiting() {
  const found = useRegister(WAITING, 200);
  const { hasNextPage, isFetching, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return found;
}

function after(cursor: string): { cursor?: number } {
  return cursor ? { cursor: Number(cursor) } : {};
}

export function useIssue(number: number | null) {
  return useQuery({
    queryKey: ["issue", number],
    queryFn: () => read("/api/v1/issues/{number}", undefined, number ?? undefined),
    enabled: number !== null,
  });
}

export function useJournal(number: number) {
  return useQuery({
    queryKey: ["journal", number],
    queryFn: () => read("/api/v1/issues/{number}/journal", undefined, number),
  });
}

export function useEscalations(state: "upcoming" | "fired") {
  return useQuery({
    queryKey: ["escalations", state],
    queryFn: () => read("/api/v1/escalations", { state, limit: 200 }),
    refetchInterval: SAFETY_NET,
  });
}

export function useNotices() {
  return useQuery({
    queryKey: ["notices"],
    queryFn: () => read("/api/v1/notices", { limit: 200 }),
    refetchInterval: SAFETY_NET,
  });
}

export function useReviews(enabled = true) {
  return useQuery({
    queryKey: ["reviews"],
    queryFn: () => read("/api/v1/reviews", { limit: 200 }),
    refetchInterval: SAFETY_NET,
    enabled,
  });
}

/** A picture. Each fetch is a look that the journal keeps, so nothing fetches it again. */
export function usePicture(issue: number, sha256: string | null, purpose: string) {
  return useQuery({
    queryKey: ["picture", issue, sha256, purpose],
    queryFn: () => fetchPicture(pictureAt(issue, sha256 ?? "", purpose)),
    enabled: sha256 !== null,
    staleTime: Infinity,
    gcTime: 5 * 60_000,
    retry: false,
    refetchOnReconnect: false,
  });
}

export function useDeviceEvents(filter: Pick<Query<"/api/v1/device-events">, "device" | "stale">) {
  return useInfiniteQuery({
    queryKey: ["device-events", filter],
    queryFn: ({ pageParam }) =>
      read("/api/v1/device-events", { ...filter, limit: 100, ...after(pageParam) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function useDevices() {
  return useQuery({
    queryKey: ["devices"],
    queryFn: () => read("/api/v1/devices"),
    refetchInterval: SAFETY_NET,
  });
}

export function useCameraRules() {
  return useQuery({
    queryKey: ["camera-rules"],
    queryFn: async () => (await read("/api/v1/camera-rules")).items,
    refetchInterval: SAFETY_NET,
  });
}

export function useGateways() {
  return useQuery({
    queryKey: ["gateways"],
    queryFn: () => read("/api/v1/gateways"),
    refetchInterval: SAFETY_NET,
  });
}

/** Lists that change a few times a month. */
export const SELDOM = 10 * 60_000;

export function usePlaces() {
  return useQuery({
    queryKey: ["places"],
    queryFn: async () =>
      inOrder((await read("/api/v1/places")).items, (one) => one.path.join("\u0000")),
    staleTime: SELDOM,
  });
}

export function usePeople(enabled = true) {
  return useQuery({
    queryKey: ["people"],
    queryFn: async () => inOrder((await read("/api/v1/people")).items, (one) => one.name),
    staleTime: SELDOM,
    enabled,
  });
}

export function useCategories() {
  return useQuery({
    queryKey: ["categories"],
    queryFn: async () => (await read("/api/v1/categories")).items,
    staleTime: SELDOM,
  });
}

export function useMonths() {
  return useQuery({ queryKey: ["months"], queryFn: () => read("/api/v1/months") });
}

export function useMonth(month: string) {
  return useQuery({
    queryKey: ["months", month],
    queryFn: () => read("/api/v1/months/{month}", undefined, { month }),
  });
}

/** The issues behind a number, page by page. */
export function useCell(month: string, cell: string) {
  return useInfiniteQuery({
    queryKey: ["months", month, cell],
    queryFn: ({ pageParam }) =>
      read(
        "/api/v1/months/{month}/cells/{cell}/issues",
        { limit: 100, ...after(pageParam) },
        { month, cell },
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
}

/** The register of a month, or of a day of it. */
export function useMonthRegister(month: string, on: string | null) {
  return useInfiniteQuery({
    queryKey: ["months", month, "register", on],
    queryFn: ({ pageParam }) =>
      read(
        "/api/v1/months/{month}/register",
        { limit: 200, ...(on ? { on } : {}), ...after(pageParam) },
        { month },
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function usePanels(month: string) {
  return useQuery({
    queryKey: ["panels", month],
    queryFn: () => read("/api/v1/panels", { month }),
  });
}
