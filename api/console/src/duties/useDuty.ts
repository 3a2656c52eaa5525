import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Write } from "../api/client";
import { send } from "../api/client";

/** Write one thing about my duties, and ask again how they stand. */
export function useDuty() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (write: Write<unknown>) => send(write),
    onSettled: () => {
      for (const name of ["duties", "following", "journal"]) {
        void client.invalidateQueries({ queryKey: [name] });
      }
    },
  });
}
