import { useMutation, useQueryClient } from "@tanstack/react-query";
import { change, send } from "../api/client";
import type { Said } from "./StepList";

/** Write a step down; what it led to is shown at once. */
export function useSteps(issue: number, before?: () => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (said: Said) => {
      await before?.();
      return send(change("/api/v1/issues/{number}/steps", issue, { words: "", ...said }));
    },
    onSuccess: (answer) => client.setQueryData(["playbook", issue], answer),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["playbook", issue] });
      void client.invalidateQueries({ queryKey: ["journal", issue] });
    },
  });
}
