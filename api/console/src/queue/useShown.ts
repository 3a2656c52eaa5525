import { useEffect, useRef } from "react";
import { change, send } from "../api/client";
import type { Report } from "../api/contract";
import { may } from "../session/allowed";
import { useMe } from "../session/context";

/** Say once of each report that it stands before an operator: the first view starts a clock. */
export function useShown(inSight: readonly Report[]): void {
  const me = useMe();
  const said = useRef(new Set<number>());
  useEffect(() => {
    if (!may(me, "claim") || document.visibilityState !== "visible") return;
    const fresh = inSight
      .filter((one) => one.shown_at === null && !said.current.has(one.number))
      .map((one) => one.number);
    if (fresh.length === 0) return;
    for (const number of fresh) said.current.add(number);
    void send(change("/api/v1/reports/shown", undefined, { reports: fresh })).catch(() => {
      for (const number of fresh) said.current.delete(number);
    });
  }, [me, inSight]);
}
