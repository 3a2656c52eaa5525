import type { RefObject } from "react";
import { useLayoutEffect, useRef } from "react";

interface Anchor {
  box: RefObject<HTMLElement | null>;
  /** The chosen row; null: none. */
  selected: number | null;
  /** Where it begins in the list, in pixels, drawn or not; null: it is not there. */
  top: number | null;
  height: number;
  /** Pixels at the top of the box that a header covers. */
  covered?: number;
  /** A row that is newly chosen comes into sight from the top of the list, not from where one is. */
  fromTop?: boolean;
}

/**
 * Keep the chosen row where it is on the screen while others come and go above it.
 *
 * The list scrolls by as much as the row would have moved; whatever slides out of sight at the top
 * is counted there by the list. A row that is newly chosen is brought wholly into sight.
 */
export function useAnchor({ box, selected, top, height, covered = 0, fromTop = false }: Anchor): void {
  const held = useRef<{ selected: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const list = box.current;
    if (!list || selected === null || top === null) {
      held.current = null;
      return;
    }
    if (held.current?.selected === selected) {
      const moved = top - held.current.top;
      if (moved !== 0) list.scrollBy({ top: moved });
    } else {
      const from = fromTop ? 0 : list.scrollTop;
      const lowest = top + height - (list.clientHeight - covered);
      list.scrollTo({ top: Math.min(top, Math.max(from, lowest)) });
    }
    held.current = { selected, top };
  });
}
