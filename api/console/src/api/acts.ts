import type { QueryClient } from "@tanstack/react-query";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Write } from "./client";
import { send } from "./client";
import type { Issue, Queue, Report } from "./contract";
import { outdate } from "./queue";

/** Show the answer of an act at once; what else it moved, the stream says. */
function settle(client: QueryClient, answer: Report | Issue): void {
  if ("reports" in answer) {
    client.setQueryData(["issue", answer.number], answer);
    void client.invalidateQueries({ queryKey: ["journal", answer.number] });
  } else {
    outdate(answer.issue);
    client.setQueryData<Queue>(["queue"], (old) => old && withReport(old, answer));
    void client.invalidateQueries({ queryKey: ["issue", answer.issue] });
    void client.invalidateQueries({ queryKey: ["journal", answer.issue] });
  }
  void client.invalidateQueries({ queryKey: ["issues"] });
}

/** Put one report's new state where it stands; one that left the queue leaves. */
export function withReport(queue: Queue, report: Report): Queue {
  const stays = report.status === "reported" || report.status === "forwarded";
  const known = queue.items.some((one) => one.number === report.number);
  const items = known
    ? queue.items.flatMap((one) => (one.number === report.number ? (stays ? [report] : []) : [one]))
    : stays
      ? [...queue.items, report]
      : queue.items;
  return {
    ...queue,
    items,
    waiting: items.filter((one) => one.status === "reported").length,
    forwarded: items.filter((one) => one.status === "forwarded").length,
  };
}

/** One or several writes in a row; the last answer is how things stand. */
export function useAct<T extends Report | Issue>() {
  const client = useQueryClient();
  return useMutation<T, Error, readonly Write<T>[]>({
    mutationFn: async (writes) => {
      let answer: T | undefined;
      for (const one of writes) {
        answer = await send(one);
        settle(client, answer);
      }
      if (!answer) throw new Error("nothing to write");
      return answer;
    },
    // A lost race: what is shown was old.
    onError: () => {
      void client.invalidateQueries({ queryKey: ["queue"] });
      void client.invalidateQueries({ queryKey: ["issues"] });
      void client.invalidateQueries({ queryKey: ["issue"] });
    },
  });
}
