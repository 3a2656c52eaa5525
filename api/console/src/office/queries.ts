import { inOrder } from "../words/order";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { put, read } from "../api/client";
import type { Administration } from "../api/contract";
import type { Parts, PutBody } from "../api/routes";

const KEY = ["administration"];

export function useAdministration() {
  return useQuery({ queryKey: KEY, queryFn: () => read("/api/v1/administration") });
}

type ChangePath =
  | "/api/v1/administration/people/{code}"
  | "/api/v1/administration/units/{code}"
  | "/api/v1/administration/places/{code}";

export interface Changed<P extends ChangePath> {
  code: string;
  said: PutBody<P>;
}

/** Enter or change one thing; the answer is everything, so that no list stays behind. */
export function useEdit<P extends ChangePath>(path: P, onDone: () => void) {
  const client = useQueryClient();
  return useMutation<unknown, Error, Changed<P>>({
    mutationFn: ({ code, said }) => put(path, { code } as Parts, said),
    onSuccess: (answer) => {
      client.setQueryData<Administration>(KEY, answer as Administration);
      onDone();
    },
    // People and places stand in the fields of every other page.
    onSettled: () => client.invalidateQueries(),
  });
}

/** Names as people look for them: Chinese ones by pinyin. */
export function byName<T extends { name: string }>(rows: readonly T[]): T[] {
  return inOrder(rows, (row) => row.name);
}
