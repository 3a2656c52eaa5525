import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import type { Line } from "./lines";

/** Lines drawn beyond what is in sight, on each side: a key's step finds its row already there. */
const BEYOND = 12;

interface InSight {
  /** Indices of the lines to draw, and where each begins in pixels. */
  drawn: { index: number; start: number }[];
  /** First and last line in sight, as far as is known. */
  range: { startIndex: number; endIndex: number } | null;
  /** Pixels of the whole list. */
  height: number;
}

/** Which lines of a long list are to be drawn where its box is scrolled to. */
export function useLines<T>(
  lines: readonly Line<T>[],
  box: RefObject<HTMLElement | null>,
  covered = 0,
): InSight {
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing below is memoized by it
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => lines[index]?.height ?? 0,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: BEYOND,
    scrollMargin: covered,
    // before the box is measured: a screen's worth, so that the first picture has rows
    initialRect: { width: 400, height: 900 },
  });
  return {
    drawn: virtual
      .getVirtualItems()
      .map(({ index, start }) => ({ index, start: start - covered })),
    range: virtual.range,
    height: virtual.getTotalSize(),
  };
}
