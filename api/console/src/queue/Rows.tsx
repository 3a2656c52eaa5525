import type { ReactNode, RefObject } from "react";
import { useMemo } from "react";
import type { IssueRow, Report } from "../api/contract";
import { linesOf, topOf } from "../rows/lines";
import type { Line } from "../rows/lines";
import { useAnchor } from "../rows/useAnchor";
import { useLines } from "../rows/useLines";
import { QueueRow } from "./QueueRow";
import { useShown } from "./useShown";

/** Pixels of a row and of a title between two parts; queue.css says the same. */
export const ROW = 57;
const TITLE = 40;

export interface RowsPart {
  label: string;
  title: ReactNode;
  reports: readonly Report[];
}

interface RowsProps {
  parts: readonly RowsPart[];
  box: RefObject<HTMLDivElement | null>;
  selected: number | null;
  /** The row was chosen by a click: then nothing may move under the pointer. */
  byPointer: boolean;
  onSelect: (number: number) => void;
  desk: ReadonlyMap<number, IssueRow>;
}

export function queueLines(parts: readonly RowsPart[]): Line<Report>[] {
  const shown = parts.map((one) => ({
    rows: one.reports,
    title: one.title && one.reports.length > 0 ? TITLE : 0,
  }));
  return linesOf(shown, ROW, (report) => report.number);
}

/** The rows of a box that scrolls: drawn where one looks, laid out as if all of them were. */
export function Rows({ parts, box, selected, byPointer, onSelect, desk }: RowsProps) {
  const lines = useMemo(() => queueLines(parts), [parts]);
  const { drawn, range, height } = useLines(lines, box);
  const top = selected === null ? null : topOf(lines, String(selected));
  // Moved by key: go back to the top as far as the row allows. Under a pointer nothing moves.
  useAnchor({ box, selected, top, height: ROW, fromTop: !byPointer });
  const [first, last] = [range?.startIndex ?? 0, range?.endIndex ?? -1];
  useShown(
    useMemo(
      () => lines.slice(first, last + 1).flatMap(({ row }) => (row ? [row] : [])),
      [lines, first, last],
    ),
  );
  return (
    <div className="rows-whole" style={{ height }}>
      {parts.map((part, at) => {
        const ours = drawn.flatMap(({ index, start }) => {
          const line = lines[index];
          return line?.part === at ? [{ line, start }] : [];
        });
        if (ours.length === 0) return null;
        return (
          <div key={part.label}>
            {ours.map(({ line, start }) =>
              line.row === null ? (
                <h3 key={line.key} className="rows-title" style={{ top: start }}>
                  {part.title}
                </h3>
              ) : null,
            )}
            <ul className="rows" role="listbox" aria-label={part.label}>
              {ours.map(({ line, start }) =>
                line.row !== null ? (
                  <QueueRow
                    key={line.key}
                    report={line.row}
                    selected={line.row.number === selected}
                    atDesk={line.row.status === "forwarded" ? desk.get(line.row.issue) : undefined}
                    onSelect={onSelect}
                    top={start}
                    place={line.place}
                    of={part.reports.length}
                  />
                ) : null,
              )}
            </ul>
          </div>
        );
      })}
    </div>
  );
}
