import { useEffect, useState } from "react";
import type { WallShown } from "../api/contract";

/** How often it looks, and after how long without an answer what it shows is said to be old. */
const EVERY = 3_000;
export const STALE = 20_000;
const KEY = "shouwen.wall";

export interface Look {
  shown: WallShown | null;
  /** Milliseconds of this machine since the last answer. */
  age: number;
  /** The link was never granted, or is revoked. */
  refused: boolean;
}

/** The token of the link, kept here: a display that restarts needs nobody. */
function token(): string {
  const said = location.hash.slice(1);
  try {
    if (said) localStorage.setItem(KEY, said);
    return said || (localStorage.getItem(KEY) ?? "");
  } catch {
    return said; // storage forbidden: the link itself still holds it
  }
}

/** Look again and again, for days, with nobody there; whatever goes wrong is tried again. */
export function useWall(): Look {
  const [shown, setShown] = useState<WallShown | null>(null);
  const [heard, setHeard] = useState(() => performance.now());
  const [refused, setRefused] = useState(false);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const bearer = token();
    let over = false;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      try {
        const answer = await fetch("/api/v1/wall", {
          headers: { Authorization: `Bearer ${bearer}`, Accept: "application/json" },
          credentials: "omit",
          cache: "no-store",
          signal: AbortSignal.timeout(STALE),
        });
        if (over) return;
        setRefused(answer.status === 401);
        if (answer.ok) {
          setShown((await answer.json()) as WallShown);
          setHeard(performance.now());
        } else if (answer.status === 401) setShown(null);
      } catch {
        // no net, or the centre restarts: the page says how old it is, and looks again
      }
      if (!over) waiting = setTimeout(() => void look(), EVERY);
    };
    void look();
    const clock = setInterval(() => setNow(performance.now()), 500);
    return () => {
      over = true;
      clearTimeout(waiting);
      clearInterval(clock);
    };
  }, []);
  return { shown, age: Math.max(0, now - heard), refused };
}
