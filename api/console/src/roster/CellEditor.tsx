import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { put } from "../api/client";
import type { Roster } from "../api/contract";
import { usePeople } from "../api/queries";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { reason } from "../parts/reasons";
import { refusal } from "../parts/refusal";
import { personOptions } from "../telling/options";
import { t } from "../words/words";
import type { Cell } from "./Week";
import { nameOf, peopleOf } from "./Week";

interface CellEditorProps {
  roster: Roster;
  cell: Cell;
  onDone: () => void;
}

/** Who is to stand in one cell: letters add, a click crosses out, Ctrl+Enter saves, Esc leaves. */
export function CellEditor({ roster, cell, onDone }: CellEditorProps) {
  const client = useQueryClient();
  const { data: people = [] } = usePeople();
  const [before] = useState(() => peopleOf(roster, cell));
  const [chosen, setChosen] = useState(() => before.map((one) => one.code));
  const save = useMutation({
    mutationFn: () =>
      put("/api/v1/roster/cell", {}, { ...cell, people: chosen, before: before.map((one) => one.code) }),
    onSuccess: () => {
      onDone();
      requestAnimationFrame(() => refocus(cell));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["roster"] }),
  });
  const leave = () => {
    onDone();
    requestAnimationFrame(() => refocus(cell));
  };
  const role = roster.posts.find((one) => one.code === cell.post)?.role;
  const able = people.filter(
    (one) => one.active && role && one.roles.includes(role) && !chosen.includes(one.code),
  );
  const name = (code: string) =>
    [...people, ...before].find((one) => one.code === code)?.name ?? code;
  const unchanged = chosen.join() === before.map((one) => one.code).join();
  return (
    <div
      className="roster-editor"
      role="group"
      aria-label={`${cell.day} ${nameOf(roster, cell)}`}
      onKeyDown={(event) => {
        if (event.key === "Escape") leave();
        else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !unchanged) save.mutate();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      data-testid="cell-editor"
    >
      {chosen.map((code) => (
        <button
          key={code}
          type="button"
          className="plain"
          onClick={() => setChosen(chosen.filter((one) => one !== code))}
          aria-label={t("roster.cross_out", { name: name(code) })}
          data-testid={`cross-${code}`}
        >
          {name(code)} ✕
        </button>
      ))}
      <Choice
        key={chosen.length}
        label={t("roster.add")}
        placeholder={t("roster.add")}
        options={personOptions(able)}
        value={null}
        onPick={(code) => setChosen([...chosen, code])}
        testId="cell-add"
        autoFocus
      />
      {save.error ? (
        <Bar tone="warn" testId="refusal">
          {refusal(save.error)}
          {mistakes(save.error).map((line) => (
            <div key={line}>{line}</div>
          ))}
        </Bar>
      ) : null}
      <div className="acts">
        <ActButton
          letter="Ctrl+Enter"
          words={t("roster.save_cell")}
          onClick={() => save.mutate()}
          disabled={unchanged}
          busy={save.isPending}
          primary
          testId="cell-save"
        />
        <ActButton letter="Esc" words={t("roster.leave_cell")} onClick={leave} />
      </div>
    </div>
  );
}

/** Each mistake in the reader's words; the API names the person first. */
function mistakes(problem: unknown): string[] {
  const detail = (problem as { detail?: string }).detail ?? "";
  return detail
    .split("\n")
    .filter(Boolean)
    .map((line) => reason(line.replace(/^\S+: /, "")) ?? line);
}

function refocus({ day, post, shift }: Cell) {
  document.querySelector<HTMLElement>(`[data-testid="cell-${CSS.escape(`${day}-${post}-${shift}`)}"]`)?.focus();
}
