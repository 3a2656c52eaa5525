import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { change, read, send } from "./client";
import type { StormDevices, Ticking } from "./contract";
import { SAFETY_NET } from "./queries";

/** Storms, the newest first. */
export function useStorms() {
  return useInfiniteQuery({
    queryKey: ["storms", "all"],
    queryFn: ({ pageParam }) =>
      read("/api/v1/storms", { limit: 50, ...(pageParam ? { cursor: Number(pageParam) } : {}) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: SAFETY_NET,
  });
}

/** One storm by its devices. */
export function useStorm(number: number) {
  return useQuery({
    queryKey: ["storms", number],
    queryFn: () => read("/api/v1/storms/{number}", undefined, number),
    refetchInterval: SAFETY_NET,
  });
}

/** Every event of a device in a storm, page by page. */
export function useRoll(number: number, device: string | null) {
  return useInfiniteQuery({
    queryKey: ["storms", number, "roll", device],
    queryFn: ({ pageParam }) =>
      read(
        "/api/v1/storms/{number}/roll-call",
        { limit: 100, device, ...(pageParam ? { cursor: Number(pageParam) } : {}) },
        number,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    enabled: device !== null,
  });
}

/** Tick events of a storm; the answer is how it stands then. */
export function useTick(number: number) {
  const client = useQueryClient();
  return useMutation<StormDevices, Error, Ticking>({
    mutationFn: (ticking) => send(change("/api/v1/storms/{number}/tick", number, ticking)),
    onSuccess: (storm) => client.setQueryData(["storms", number], storm),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["storms"] });
      void client.invalidateQueries({ queryKey: ["queue"] });
    },
  });
}
