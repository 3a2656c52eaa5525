import { useEffect } from "react";
import { useNow } from "../time/clock";
import { hour } from "../time/format";
import { useSettings } from "./settings";
import type { Shade } from "./tokens";
import { paint } from "./tokens";

const NIGHT_BEGINS = 19;
const NIGHT_ENDS = 7;

/** The shade that holds now: the one chosen, or else dark from 19 to 7 by the site's clock. */
export function useShade(): Shade {
  const { shade } = useSettings();
  const now = useNow();
  const at = hour(now);
  const night = at >= NIGHT_BEGINS || at < NIGHT_ENDS;
  const holds = shade === "auto" ? (night ? "dark" : "light") : shade;
  useEffect(() => paint(holds), [holds]);
  return holds;
}
