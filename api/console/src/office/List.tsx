import type { ReactNode } from "react";
import { useDeferredValue, useRef, useState } from "react";
import { useActs } from "../keys/acts";
import { walking } from "../keys/walking";
import { ActButton } from "../parts/ActButton";
import { Why } from "../parts/Why";
import { best } from "../words/initials";
import { t } from "../words/words";

export interface Column<T> {
  head: string;
  cell: (row: T) => ReactNode;
}

interface ListProps<T> {
  rows: readonly T[];
  columns: readonly Column<T>[];
  /** By which words a row is found; pinyin initials find Chinese ones. */
  names: (row: T) => readonly string[];
  gone: (row: T) => boolean;
  chosen: string | null;
  onChoose: (code: string) => void;
  onNew: () => void;
  newWords: string;
  testId: string;
}

/** A list that is narrowed by a few letters and walked by keys; what is gone is shown on demand. */
export function List<T extends { code: string }>(props: ListProps<T>) {
  const { rows, columns, names, gone, chosen, onChoose, onNew, newWords, testId } = props;
  const [typed, setTyped] = useState("");
  const [all, setAll] = useState(false);
  const find = useRef<HTMLInputElement>(null);
  const said = useDeferredValue(typed.trim());
  const there = rows.filter((row) => all || !gone(row) || row.code === chosen);
  const shown = said ? best(there, said, names) : there;
  const move = (step: number) => {
    const at = shown.findIndex((row) => row.code === chosen);
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + step))];
    if (next) onChoose(next.code);
  };
  useActs([
    ...walking(move),
    { id: "find", words: t("act.find"), keys: ["/"], run: () => find.current?.focus() },
    { id: "new", words: newWords, keys: ["n"], run: onNew },
  ]);
  return (
    <section className="office-list">
      <div className="acts">
        <label className="find">
          <input
            ref={find}
            type="search"
            className="field"
            value={typed}
            placeholder={t("administration.find")}
            aria-label={t("administration.find")}
            onChange={(event) => setTyped(event.target.value)}
            data-testid="office-find"
          />
          <kbd>/</kbd>
        </label>
        <ActButton letter="N" words={newWords} onClick={onNew} testId="office-new" />
        <label className="check">
          <input
            type="checkbox"
            checked={all}
            onChange={(event) => setAll(event.target.checked)}
            data-testid="office-all"
          />
          {t("administration.with_gone")}
        </label>
        <span className="quiet">{t("administration.count", { count: shown.length })}</span>
      </div>
      {shown.length === 0 ? <Why words={t("administration.none")} /> : null}
      {shown.length > 0 ? (
        <table className="plain-table" data-testid={testId}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.head}>{column.head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr
                key={row.code}
                className={`office-row ${gone(row) ? "office-gone" : ""}`}
                aria-selected={row.code === chosen}
                onClick={() => onChoose(row.code)}
                data-testid={`office-row-${row.code}`}
              >
                {columns.map((column, at) => (
                  <td key={column.head}>
                    {at === 0 ? (
                      <button type="button" className="link" onClick={() => onChoose(row.code)}>
                        {column.cell(row)}
                      </button>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
