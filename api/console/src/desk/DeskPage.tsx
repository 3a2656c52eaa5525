import { useCallback, useMemo, useRef, useState } from "react";
import { useRegister, useWaiting } from "../api/queries";
import type { RegisterFilter } from "../api/queries";
import type { IssueRow } from "../api/contract";
import { go } from "../app/route";
import { useActs } from "../keys/acts";
import { walking } from "../keys/walking";
import { addressOf } from "../month/paper";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { Owed } from "../promises/Owed";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { TellingForm } from "../telling/TellingForm";
import { t } from "../words/words";
import { BulkAssign } from "./BulkAssign";
import type { Cell } from "./cells";
import { mayEdit } from "./cells";
import { DeskSide } from "./DeskSide";
import { RegisterFilters } from "./RegisterFilters";
import { RegisterTable } from "./RegisterTable";
import "./desk.css";

const rowsOf = (data: { pages: { items: IssueRow[] }[] } | undefined): IssueRow[] =>
  (data?.pages ?? []).flatMap((page) => page.items);

/** The register (登记表): what waits for acceptance first, then everything, newest first. */
export default function DeskPage() {
  const me = useMe();
  const [filter, setFilter] = useState<RegisterFilter>({ open: true });
  const waitingQuery = useWaiting();
  const registerQuery = useRegister(filter);
  const [chosen, setChosen] = useState<number | null>(null);
  const [telling, setTelling] = useState(false);
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const [bulk, setBulk] = useState(false);
  const [editing, setEditing] = useState<Cell | null>(null);
  const find = useRef<HTMLInputElement>(null);

  const waiting = useMemo(() => oldestFirst(rowsOf(waitingQuery.data)), [waitingQuery.data]);
  const register = useMemo(() => {
    const above = new Set(waiting.map((row) => row.number));
    return rowsOf(registerQuery.data).filter((row) => !above.has(row.number));
  }, [registerQuery.data, waiting]);
  const all = useMemo(() => [...waiting, ...register], [waiting, register]);
  // Chosen by number: the row stays chosen when it moves from the one list to the other.
  const selected = chosen ?? all[0]?.number ?? null;
  if (selected !== chosen) setChosen(selected);

  const select = (number: number) => {
    setChosen(number);
    setTelling(false);
    setBulk(false);
    setEditing(null);
  };
  const edit = useCallback((number: number, cell: Cell | null) => {
    setChosen(number);
    setEditing(cell);
  }, []);
  const present = all.find((row) => row.number === selected);
  const editable = present !== undefined && mayEdit(present) && may(me, "work_issue");
  const printed = addressOf(marked.size > 0 ? [...marked] : filter);
  const mark = (number: number) => {
    const others = new Set(marked);
    if (!others.delete(number)) others.add(number);
    setMarked(others);
    setBulk(others.size > 0);
  };
  const move = (step: 1 | -1) => {
    const at = all.findIndex((row) => row.number === selected);
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    if (next) select(next.number);
    if (at + step > all.length - 5 && registerQuery.hasNextPage) void registerQuery.fetchNextPage();
  };
  useActs([
    ...walking(move),
    { id: "find", words: t("act.find"), keys: ["/"], run: () => find.current?.focus() },
    ...(selected !== null && may(me, "work_issue")
      ? [{ id: "mark", words: t("bulk.mark"), keys: ["x"], run: () => mark(selected) }]
      : []),
    ...(editable
      ? [{ id: "edit", words: t("edit.row"), keys: ["e"], run: () => setEditing("category") }]
      : []),
    { id: "print", words: t("desk.print"), keys: ["p"], run: () => go(printed) },
    ...(selected !== null
      ? [
          {
            id: "open",
            words: t("act.open_issue", { number: selected }),
            keys: ["Enter"],
            run: () => go(`/issues/${selected}`),
          },
        ]
      : []),
    ...(may(me, "register")
      ? [{ id: "tell", words: t("act.tell"), keys: ["n"], run: () => setTelling(true) }]
      : []),
  ]);
  const error = waitingQuery.error ?? registerQuery.error;

  return (
    <main className="desk-page">
      <section className="column column-register" aria-label={t("desk.register")}>
        <RegisterFilters filter={filter} onChange={setFilter} find={find}>
          <ActButton
            letter="P"
            words={
              marked.size > 0 ? t("desk.print_marked", { count: marked.size }) : t("desk.print")
            }
            onClick={() => go(printed)}
            testId="print-register"
          />
        </RegisterFilters>
        {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
        {may(me, "promise") ? <Owed onSelect={select} /> : null}
        <RegisterTable
          waiting={waiting}
          register={register}
          selected={selected}
          onSelect={select}
          marked={marked}
          onMark={may(me, "work_issue") ? mark : null}
          editing={editing}
          onEdit={may(me, "work_issue") ? edit : null}
          pending={registerQuery.isPending}
          filtered={Object.keys(filter).some((name) => name !== "open")}
          own={!may(me, "see_queue")}
          more={registerQuery.hasNextPage ? () => void registerQuery.fetchNextPage() : null}
        />
      </section>
      <section className="column column-side" aria-label={t("desk.side")}>
        {telling ? (
          <TellingForm
            at="desk"
            onDone={(answer) => select(answer.number)}
            onClose={() => setTelling(false)}
          />
        ) : bulk ? (
          <BulkAssign
            numbers={[...marked].sort((a, b) => a - b)}
            onDone={(assigned) =>
              setMarked(new Set([...marked].filter((one) => !assigned.includes(one))))
            }
            onClose={() => {
              setBulk(false);
              setMarked(new Set());
            }}
          />
        ) : selected !== null ? (
          <DeskSide key={selected} number={selected} onTell={() => setTelling(true)} />
        ) : null}
      </section>
    </main>
  );
}

function oldestFirst(rows: readonly IssueRow[]): IssueRow[] {
  const since = (row: IssueRow) => Date.parse(row.forwarded_at ?? row.reported_at);
  return [...rows].sort((a, b) => since(a) - since(b));
}
