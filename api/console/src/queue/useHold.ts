import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { change, send } from "../api/client";
import type { Report } from "../api/contract";

/** A claim is a lease: renewed while this page is open, lost by itself when it is gone. */
const RENEW_EVERY = 20_000;

export function useHold(reports: readonly Report[]): void {
  const client = useQueryClient();
  const mine = useMemo(
    () =>
      reports
        .filter((one) => one.claim?.mine && one.status === "reported")
        .map((one) => one.number)
        .join(","),
    [reports],
  );
  useEffect(() => {
    if (!mine) return;
    const renew = () => {
      for (const number of mine.split(",")) {
        send(change("/api/v1/reports/{number}/renew", Number(number), undefined)).catch(() => {
          // lost, or taken over: the queue says by whom
          void client.invalidateQueries({ queryKey: ["queue"] });
        });
      }
    };
    const timer = setInterval(renew, RENEW_EVERY);
    return () => clearInterval(timer);
  }, [mine, client]);
}
