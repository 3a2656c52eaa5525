import { useCallback, useMemo, useRef, useState } from "react";
import { useQueue } from "../api/queue";
import type { Report } from "../api/contract";
import { go } from "../app/route";
import { useActs } from "../keys/acts";
import { walking } from "../keys/walking";
import { Why } from "../parts/Why";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { TellingForm } from "../telling/TellingForm";
import { t } from "../words/words";
import { QueueList } from "./QueueList";
import { beside, inOrder, nextAfter, sections } from "./sections";
import { Sight } from "./Sight";
import { Workbench } from "./Workbench";
import "./queue.css";

const NONE: readonly Report[] = [];

/** Three columns, one gaze: what waits, what I am on, what I see. */
export function QueuePage() {
  const me = useMe();
  const { data, error } = useQueue();
  const reports = data?.items ?? NONE;
  const storm = data?.storms.at(-1);
  const parts = useMemo(() => sections(reports), [reports]);
  const order = useMemo(() => inOrder(parts), [parts]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [byPointer, setByPointer] = useState(false);
  const [telling, setTelling] = useState(false);
  const find = useRef<HTMLInputElement>(null);

  // Chosen by number, never by position: rows that come and go change nothing for the reader.
  const selected = chosen ?? order[0]?.number ?? null;
  if (selected !== chosen) setChosen(selected);
  const report = order.find((one) => one.number === selected) ?? null;

  const select = useCallback((number: number, pointed = false) => {
    setChosen(number);
    setByPointer(pointed);
    setTelling(false);
  }, []);
  const point = useCallback((number: number) => select(number, true), [select]);
  const move = (step: 1 | -1) => {
    const next = beside(order, selected, step);
    if (next !== null) select(next);
  };
  const done = (number: number) => {
    setChosen(nextAfter(order, number));
    setByPointer(false);
  };

  useActs([
    ...walking(move),
    { id: "find", words: t("act.find"), keys: ["/"], run: () => find.current?.focus() },
    ...(storm
      ? [{ id: "storm", words: t("act.storm"), keys: ["s"], run: () => go(`/storms/${storm.number}`) }]
      : []),
    ...(may(me, "tell")
      ? [{ id: "tell", words: t("act.tell"), keys: ["n"], run: () => setTelling(true) }]
      : []),
  ]);

  return (
    <main className="queue-page">
      <QueueList
        parts={parts}
        selected={selected}
        byPointer={byPointer}
        onSelect={point}
        find={find}
      />
      <section className="column column-work" aria-label={t("work.title")}>
        {telling ? (
          <TellingForm
            at="centre"
            onDone={(answer) => select(answer.number)}
            onClose={() => setTelling(false)}
          />
        ) : report ? (
          <Workbench key={report.number} report={report} onDone={done} />
        ) : error && !data ? null : (
          <Why words={chosen === null ? t("work.none") : t("work.gone", { number: chosen })} />
        )}
      </section>
      <section className="column column-sight" aria-label={t("sight.title")}>
        {report && !telling ? <Sight report={report} /> : null}
      </section>
    </main>
  );
}
