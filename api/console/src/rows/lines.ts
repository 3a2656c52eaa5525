/** A long list as lines of known heights, so that only those in sight need be drawn. */

/** One line: a row of the list, or a title between its parts. */
export interface Line<T> {
  key: string;
  /** Pixels. */
  height: number;
  /** Null: a title. */
  row: T | null;
  /** Which part of the list it belongs to. */
  part: number;
  /** Its place among the rows of its part, from 1; 0: a title. */
  place: number;
}

export interface Part<T> {
  rows: readonly T[];
  /** Pixels of the title above it; 0: none. */
  title: number;
}

/** Lay the parts out below one another. */
export function linesOf<T>(
  parts: readonly Part<T>[],
  height: number,
  keyOf: (row: T) => number,
): Line<T>[] {
  return parts.flatMap((one, part) => [
    ...(one.title > 0
      ? [{ key: `title-${part}`, height: one.title, row: null, part, place: 0 }]
      : []),
    ...one.rows.map((row, at) => ({
      key: String(keyOf(row)),
      height,
      row,
      part,
      place: at + 1,
    })),
  ]);
}

/** Where the line of this key begins, in pixels from the first; null: it is not there. */
export function topOf<T>(lines: readonly Line<T>[], key: string | null): number | null {
  let top = 0;
  for (const line of lines) {
    if (line.key === key) return top;
    top += line.height;
  }
  return null;
}

/** How many rows end above so many pixels. */
export function rowsAbove<T>(lines: readonly Line<T>[], pixels: number): number {
  let [top, rows] = [0, 0];
  for (const line of lines) {
    top += line.height;
    if (top > pixels) break;
    if (line.row !== null) rows += 1;
  }
  return rows;
}
