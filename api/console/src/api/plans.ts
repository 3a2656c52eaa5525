import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { put, putBytes, read, removed } from "./client";
import type { PlanSpot, Plans } from "./contract";
import { SAFETY_NET } from "./queries";
import { filled } from "./routes";

/** Every plan with its devices, who calls there, and where the site is blind. */
export function usePlans(enabled = true) {
  return useQuery({
    queryKey: ["plans"],
    queryFn: () => read("/api/v1/plans"),
    refetchInterval: SAFETY_NET,
    enabled,
  });
}

/** Where a drawing lies; another drawing has another address, so that no old one is shown. */
export function drawingAt(code: string, sha256: string): string {
  return `${filled("/api/v1/plans/{code}/drawing", { code })}?v=${sha256.slice(0, 16)}`;
}

export type PlanChange =
  | { what: "draw"; code: string; name: string; file: Blob }
  | { what: "hang"; code: string; name: string; spots: readonly PlanSpot[] }
  | { what: "remove"; code: string };

/** Draw a plan, hang devices on it, or take it down; the answer is how all plans stand. */
export function usePlanChange() {
  const client = useQueryClient();
  return useMutation<Plans, Error, PlanChange>({
    mutationFn: (change) => {
      const { code } = change;
      switch (change.what) {
        case "draw":
          return putBytes("/api/v1/plans/{code}/drawing", { code }, change.file, {
            name: change.name,
          });
        case "hang":
          return put("/api/v1/plans/{code}", { code }, {
            name: change.name,
            spots: change.spots.map(({ device, x, y }) => ({ device, x, y })),
          });
        case "remove":
          return removed("/api/v1/plans/{code}", { code });
      }
    },
    onSuccess: (plans) => client.setQueryData(["plans"], plans),
  });
}
