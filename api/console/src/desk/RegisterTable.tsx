import { Skeleton } from "antd";
import { useEffect, useMemo, useRef } from "react";
import type { IssueRow } from "../api/contract";
import { Why } from "../parts/Why";
import { linesOf, topOf } from "../rows/lines";
import { useAnchor } from "../rows/useAnchor";
import { useLines } from "../rows/useLines";
import { t } from "../words/words";
import type { Cell } from "./cells";
import { RegisterRow } from "./RegisterRow";

interface RegisterTableProps {
  waiting: readonly IssueRow[];
  register: readonly IssueRow[];
  selected: number | null;
  onSelect: (number: number) => void;
  /** Those that something is to be done with at once. */
  marked: ReadonlySet<number>;
  /** Null: nothing may be done with several. */
  onMark: ((number: number) => void) | null;
  /** The cell that is being changed, of the chosen row. */
  editing: Cell | null;
  onEdit: ((number: number, cell: Cell | null) => void) | null;
  pending: boolean;
  filtered: boolean;
  /** Only what the reader himself reported or is sent to. */
  own: boolean;
  /** Fetch the next page, or null at the end. */
  more: (() => void) | null;
}

const COLUMNS = [
  "number",
  "reported",
  "what",
  "place",
  "reporter",
  "channel",
  "urgency",
  "handler",
  "status",
  "promise",
] as const;

/** Pixels of a row, of the title of a part, and of the head that stays; desk.css says the same. */
const [ROW, TITLE, HEAD] = [33, 38, 29];

/** The columns of the paper register, denser than the operator's screen. */
export function RegisterTable(props: RegisterTableProps) {
  const { waiting, register, selected, onSelect, marked, onMark, editing, onEdit } = props;
  const { pending, filtered, own, more } = props;
  const end = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!end.current || !more) return;
    const seen = new IntersectionObserver((entries) => entries[0]?.isIntersecting && more());
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [more]);
  const lines = useMemo(
    () =>
      linesOf(
        [
          { rows: waiting, title: TITLE },
          { rows: register, title: TITLE },
        ],
        ROW,
        (issue) => issue.number,
      ),
    [waiting, register],
  );
  const { drawn, height } = useLines(lines, box, HEAD);
  const top = selected === null ? null : topOf(lines, String(selected));
  useAnchor({ box, selected, top, height: ROW, covered: HEAD });
  const [first, last] = [drawn[0], drawn.at(-1)];
  const below = last ? height - last.start - (lines[last.index]?.height ?? 0) : 0;

  const title = (part: number) => (
    <tr key={`title-${part}`} className="register-title">
      <th colSpan={COLUMNS.length} scope="rowgroup">
        {t(part === 0 ? "desk.waiting" : "desk.register")}{" "}
        {part === 0 ? <span className="count">{waiting.length}</span> : null}
        {part === 0 && waiting.length === 0 ? (
          <span className="quiet"> {t("desk.none_waiting")}</span>
        ) : null}
      </th>
    </tr>
  );
  const rows = (part: number) =>
    drawn.map(({ index }) => {
      const line = lines[index];
      if (line?.part !== part) return null;
      const issue = line.row;
      if (issue === null) return title(part);
      return (
        <RegisterRow
          key={issue.number}
          issue={issue}
          place={index + 2}
          selected={issue.number === selected}
          onSelect={onSelect}
          marked={marked.has(issue.number)}
          onMark={onMark}
          editing={issue.number === selected ? editing : null}
          onEdit={onEdit}
        />
      );
    });
  return (
    <div className="register" ref={box} tabIndex={0} data-testid="register">
      {/* the head is the first row; what is not drawn is counted all the same */}
      <table aria-rowcount={more ? -1 : lines.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className={`col-${name}`}>
                {t(`column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <Room height={first?.start ?? 0} />
        <tbody aria-label={t("desk.waiting")}>{rows(0)}</tbody>
        <tbody aria-label={t("desk.register")}>{rows(1)}</tbody>
        <Room height={below} />
      </table>
      {pending ? <Skeleton active /> : null}
      {!pending && register.length === 0 ? (
        <Why
          words={filtered ? t("desk.empty_filtered") : own ? t("desk.empty_own") : t("desk.empty")}
        />
      ) : null}
      <div ref={end} className="register-end" />
    </div>
  );
}

/** The height of rows that are not drawn. */
function Room({ height }: { height: number }) {
  return (
    <tbody aria-hidden="true">
      <tr style={{ height }}>
        <td colSpan={COLUMNS.length} />
      </tr>
    </tbody>
  );
}
