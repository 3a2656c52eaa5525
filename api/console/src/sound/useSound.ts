import { useEffect, useRef, useState } from "react";
import type { Report, Storm } from "../api/contract";
import { mutedFor } from "../app/settings";
import { siteNow } from "../time/clock";
import { MOTIFS } from "./motifs";
import type { Cause } from "./motifs";
import { Player } from "./player";
import { due, pressing } from "./pressing";

/** Sound for what waits, until it is claimed. Returns whether the browser keeps us silent. */
export function useSound(
  reports: readonly Report[],
  lateForwards: number,
  storms: readonly Storm[],
): boolean {
  const [blocked, setBlocked] = useState(false);
  const heard = useRef({ reports, lateForwards, storms });
  useEffect(() => {
    heard.current = { reports, lateForwards, storms };
  }, [reports, lateForwards, storms]);

  useEffect(() => {
    const player = new Player();
    let last: { cause: Cause; at: number } | null = null;
    const wake = () => void player.wake();
    wake();
    addEventListener("pointerdown", wake);
    addEventListener("keydown", wake);
    const timer = setInterval(() => {
      setBlocked(player.blocked);
      const { reports: waiting, lateForwards: late, storms: folded } = heard.current;
      const now = pressing(waiting, late, siteNow(), folded);
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
