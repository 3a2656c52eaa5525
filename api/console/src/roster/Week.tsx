import type { KeyboardEvent } from "react";
import { useState } from "react";
import type { Roster } from "../api/contract";
import { Why } from "../parts/Why";
import { named, t } from "../words/words";
import { CellEditor } from "./CellEditor";
import { shifted } from "./days";

interface Line {
  post: Roster["posts"][number];
  /** None: nobody stands there this week. */
  shift: Roster["shifts"][number] | null;
}

export interface Cell {
  day: string;
  post: string;
  shift: string;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A week: a row for each post and shift, a column for each day; a cell is changed where it stands. */
export function Week({ roster, writes }: { roster: Roster; writes: boolean }) {
  const [open, setOpen] = useState<Cell | null>(null);
  const days = Array.from({ length: 7 }, (_, n) => shifted(roster.first, n));
  if (roster.posts.length === 0) return <Why words={t("roster.none")} />;
  const rows = rowsOf(roster, writes);
  return (
    <>
      {writes ? <p className="quiet">{t("roster.cells_how")}</p> : null}
      <table className="plain-table roster-week" data-testid="roster-week">
        <thead>
          <tr>
            <th>{t("roster.post")}</th>
            <th>{t("roster.shift")}</th>
            {days.map((one) => (
              <th key={one}>{one.slice(5)}</th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={move}>
          {rows.map(({ post, shift }) => (
            <tr key={`${post.code} ${shift?.code ?? ""}`}>
              <td>
                {post.name} <span className="quiet">{named("role", post.role)}</span>
              </td>
              <td>{shift?.name}</td>
              {days.map((day) => {
                if (!shift) return <td key={day} />;
                const cell = { day, post: post.code, shift: shift.code };
                return (
                  <td key={day}>
                    {open && same(open, cell) ? (
                      <CellEditor roster={roster} cell={cell} onDone={() => setOpen(null)} />
                    ) : (
                      <Standing
                        roster={roster}
                        cell={cell}
                        onOpen={writes ? () => setOpen(cell) : null}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Shifts in which somebody stands there this week; who writes sees all of a post that has none. */
function rowsOf(roster: Roster, writes: boolean): Line[] {
  return roster.posts.flatMap((post) => {
    const used = roster.shifts.filter((shift) =>
      [...roster.duties, ...roster.gaps].some(
        (one) => one.post === post.code && one.shift === shift.code,
      ),
    );
    const shown = writes ? roster.shifts : used;
    const lines: Line[] = shown.map((shift) => ({ post, shift }));
    return lines.length > 0 ? lines : [{ post, shift: null }];
  });
}

function Standing({
  roster,
  cell,
  onOpen,
}: {
  roster: Roster;
  cell: Cell;
  onOpen: (() => void) | null;
}) {
  const people = peopleOf(roster, cell);
  const gap = roster.gaps.find((one) => same(one, cell));
  const said = (
    <>
      {people.map((one) => (
        <span key={one.code} className="roster-name">
          {one.name}
        </span>
      ))}
      {gap ? (
        <span className="roster-gap">
          ▲ {t("roster.gap", { there: gap.there, wanted: gap.wanted })}
        </span>
      ) : null}
    </>
  );
  if (!onOpen) return said;
  return (
    <button
      type="button"
      className="roster-cell"
      aria-label={`${cell.day} ${nameOf(roster, cell)} ${people.map((one) => one.name).join(t("join.comma"))}`}
      onClick={onOpen}
      data-testid={`cell-${cell.day}-${cell.post}-${cell.shift}`}
    >
      {people.length > 0 || gap ? said : "＋"}
    </button>
  );
}

export function peopleOf(roster: Roster, cell: Cell) {
  return roster.duties.filter((one) => same(one, cell)).map((one) => one.person);
}

export function nameOf(roster: Roster, cell: Cell): string {
  const post = roster.posts.find((one) => one.code === cell.post)?.name ?? cell.post;
  const shift = roster.shifts.find((one) => one.code === cell.shift)?.name ?? cell.shift;
  return `${post} ${shift}`;
}

function same(one: Cell, other: Cell): boolean {
  return one.day === other.day && one.post === other.post && one.shift === other.shift;
}

/** The arrows go from cell to cell, as in a spreadsheet. */
function move(event: KeyboardEvent<HTMLElement>) {
  const step = STEPS[event.key];
  const from = event.target instanceof HTMLElement ? event.target.closest("td") : null;
  if (!step || !from || !(event.target as HTMLElement).matches(".roster-cell")) return;
  const row = from.parentElement as HTMLTableRowElement;
  const rows = [...event.currentTarget.querySelectorAll("tr")];
  const next = rows[rows.indexOf(row) + step[0]]?.cells[from.cellIndex + step[1]];
  const cell = next?.querySelector<HTMLElement>(".roster-cell");
  if (!cell) return;
  event.preventDefault();
  event.stopPropagation();
  cell.focus();
}
