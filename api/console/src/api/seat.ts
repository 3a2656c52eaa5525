import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { change, read, send } from "./client";
import { SAFETY_NET } from "./queries";
import type { Body } from "./routes";

/** Whether the consoles ask if anybody is there. Under `notices`, which each entry of the journal nudges. */
export function useSeat(enabled = true) {
  return useQuery({
    queryKey: ["notices", "seat"],
    queryFn: () => read("/api/v1/seat"),
    refetchInterval: SAFETY_NET,
    enabled,
  });
}

/** My calls to the seat. */
export function useSummons() {
  return useQuery({
    queryKey: ["notices", "summons"],
    queryFn: async () => (await read("/api/v1/summons")).items,
    refetchInterval: SAFETY_NET,
  });
}

export function useAcknowledgeSummons() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (number: number) =>
      send(change("/api/v1/summons/{number}/acknowledge", number, undefined)),
    onSettled: () => client.invalidateQueries({ queryKey: ["notices"] }),
  });
}

/** Say how this console is. One that cannot be reached is missed by the centre itself. */
export function tellSeat(said: Body<"/api/v1/seat">) {
  return send(change("/api/v1/seat", undefined, said));
}

/** Let it be written down who muted; without the net the mute holds all the same. */
export function tellMute(seconds: number): void {
  send(change("/api/v1/seat/mute", undefined, { seconds })).catch(() => undefined);
}
