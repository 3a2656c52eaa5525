import { useEffect, useRef, useState } from "react";
import type { Report, Storm } from "../api/contract";
import { mutedFor } from "../app/settings";
import { siteNow } from "../time/clock";
import { MOTIFS } from "./motifs";
import type { Cause } from "./motifs";
import { Player } from "./player";
import type { Pressing } from "./pressing";
import { due, pressing } from "./pressing";

const SEAT_ASKED: Pressing = { cause: "seat", loudness: 1.6 };

/** Sound for what waits, until it is claimed. Returns whether the browser keeps us silent. */
export function useSound(
  reports: readonly Report[],
  lateForwards: number,
  storms: readonly Storm[],
  seatAsked = false,
): boolean {
  const [blocked, setBlocked] = useState(false);
  const heard = useRef({ reports, lateForwards, storms, seatAsked });
  useEffect(() => {
    heard.current = { reports, lateForwards, storms, seatAsked };
  }, [reports, lateForwards, storms, seatAsked]);

  useEffect(() => {
    const player = new Player();
    let last: { cause: Cause; at: number } | null = null;
    const wake = () => void player.wake();
    wake();
    addEventListener("pointerdown", wake);
    addEventListener("keydown", wake);
    const timer = setInterval(() => {
      setBlocked(player.blocked);
      const { lateForwards: late, storms: folded, seatAsked: asked } = heard.current;
      // Whoever waits is told first; an empty room then hears that it is empty.
      const waits = pressing(heard.current.reports, late, siteNow(), folded);
      const now = waits ?? (asked ? SEAT_ASKED : null);
      if (!now || mutedFor() > 0) {
        last = null;
        return;
      }
      if (!due(now.cause, last, performance.now())) return;
      last = { cause: now.cause, at: performance.now() };
      player.play(MOTIFS[now.cause], now.loudness);
    }, 250);
    return () => {
      clearInterval(timer);
      removeEventListener("pointerdown", wake);
      removeEventListener("keydown", wake);
      player.close();
    };
  }, []);
  return blocked;
}
