import { t } from "../words/words";
import type { Act } from "./acts";

/** The keys by which a list is walked through. */
export function walking(move: (step: 1 | -1) => void): Act[] {
  return [
    { id: "next", words: t("act.next"), keys: ["j", "ArrowDown"], keyOnly: true, run: () => move(1) },
    {
      id: "previous",
      words: t("act.previous"),
      keys: ["k", "ArrowUp"],
      keyOnly: true,
      run: () => move(-1),
    },
  ];
}
