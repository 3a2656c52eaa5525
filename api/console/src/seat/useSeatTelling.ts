import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { tellSeat, useSeat } from "../api/seat";
import type { Said } from "./telling";
import { tellingNow } from "./telling";

const LOOK_EVERY = 1_000;

/** Tell the centre that somebody sits here, and what this console lacks. */
export function useSeatTelling(soundBlocked: boolean, streamStale: boolean): void {
  const client = useQueryClient();
  const { data: seat } = useSeat();
  const asked = Boolean(seat?.asked_at);
  const heard = useRef({ soundBlocked, streamStale, asked });
  useEffect(() => {
    heard.current = { soundBlocked, streamStale, asked };
  }, [soundBlocked, streamStale, asked]);

  useEffect(() => {
    let last: { at: number; presentAt: number; said: Said } | null = null;
    let used = false;
    const use = () => {
      used = true;
    };
    const look = () => {
      const now = performance.now();
      const said = tellingNow(now, { used, ...heard.current }, last);
      if (!said) return;
      used = false;
      last = { at: now, presentAt: said.present ? now : (last?.presentAt ?? now), said };
      tellSeat(said).then(
        (stands) => client.setQueryData(["notices", "seat"], stands),
        () => undefined, // told again in time
      );
    };
    addEventListener("pointerdown", use);
    addEventListener("pointermove", use, { passive: true });
    addEventListener("keydown", use);
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => {
      clearInterval(timer);
      removeEventListener("pointerdown", use);
      removeEventListener("pointermove", use);
      removeEventListener("keydown", use);
    };
  }, [client]);
}
