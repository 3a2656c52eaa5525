import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { change, read, send } from "./client";
import type { Body } from "./routes";

/** What the devices say meanwhile is no entry of the journal: it is asked for. */
const WHILE_ON_TEST = 5_000;

/** The tests that go on, with what was heard under them. */
export function useOnTest(enabled = true) {
  return useQuery({
    queryKey: ["on-test"],
    queryFn: async () => (await read("/api/v1/on-test")).items,
    refetchInterval: WHILE_ON_TEST,
    enabled,
  });
}

export type TestAct =
  { what: "begin"; body: Body<"/api/v1/on-test"> } | { what: "end"; number: number };

/** Put devices on test, or end a test before its time. */
export function useTestAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: TestAct) =>
      act.what === "begin"
        ? send(change("/api/v1/on-test", undefined, act.body))
        : send(change("/api/v1/on-test/{number}/end-test", act.number, undefined)),
    onSettled: () => {
      for (const name of ["on-test", "devices", "plans"])
        void client.invalidateQueries({ queryKey: [name] });
    },
  });
}
