import type { RefObject } from "react";
import { useEffect, useLayoutEffect, useRef } from "react";

/**
 * Keep the chosen row where it is on the screen while others come and go above it.
 *
 * The list scrolls by as much as the row would have moved; whatever slides out of sight at the top
 * is counted there by the list. Returns the ref of the box that scrolls.
 */
export function useAnchor(
  selected: number | null,
  byPointer: boolean,
): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const held = useRef<{ number: number; top: number } | null>(null);

  useLayoutEffect(() => {
    const box = list.current;
    if (!box || selected === null) {
      held.current = null;
      return;
    }
    const row = box.querySelector(`[data-number="${selected}"]`);
    if (!row) {
      held.current = null;
      return;
    }
    if (held.current?.number === selected) {
      const moved = row.getBoundingClientRect().top - held.current.top;
      if (moved !== 0) box.scrollTop += moved;
    } else {
      // Moved by key: go back to the top as far as the row allows. Under a pointer nothing moves.
      if (!byPointer) box.scrollTop = 0;
      row.scrollIntoView({ block: "nearest" });
    }
    held.current = { number: selected, top: row.getBoundingClientRect().top };
  });

  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const follow = () => {
      const number = held.current?.number;
      const row = number === undefined ? null : box.querySelector(`[data-number="${number}"]`);
      if (number !== undefined && row) {
        held.current = { number, top: row.getBoundingClientRect().top };
      }
    };
    box.addEventListener("scroll", follow, { passive: true });
    addEventListener("resize", follow);
    return () => {
      box.removeEventListener("scroll", follow);
      removeEventListener("resize", follow);
    };
  }, []);
  return list;
}
