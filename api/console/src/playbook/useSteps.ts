import { useMutation, useQueryClient } from "@tanstack/react-query";
import { change, send } from "../api/client";
import type { Said } from "./steps";

/** Write steps down in their order; what the last led to is shown at once. */
export function useSteps(issue: number, before?: () => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (said: readonly Said[]) => {
      await before?.();
      for (const one of said) {
        const step = change("/api/v1/issues/{number}/steps", issue, { words: "", ...one });
        client.setQueryData(["playbook", issue], await send(step));
      }
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["playbook", issue] });
      void client.invalidateQueries({ queryKey: ["journal", issue] });
    },
  });
}
