import { Skeleton } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import type { RefObject } from "react";
import { useWaiting } from "../api/queries";
import { useQueue } from "../api/queue";
import type { Report } from "../api/contract";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import type { Line } from "../rows/lines";
import { rowsAbove } from "../rows/lines";
import { t, useLanguage } from "../words/words";
import { FindField } from "./FindField";
import { Rows, queueLines } from "./Rows";
import { StormRows } from "./StormRows";
import type { Sections } from "./sections";
import { inOrder } from "./sections";

interface QueueListProps {
  parts: Sections;
  selected: number | null;
  /** The row was chosen by a click: then nothing may move under the pointer. */
  byPointer: boolean;
  onSelect: (number: number) => void;
  find: RefObject<HTMLInputElement | null>;
}

/** The left column: life safety always in sight, the rest in its own scroll, nothing hidden. */
export function QueueList({ parts, selected, byPointer, onSelect, find }: QueueListProps) {
  const { data, error, isPending } = useQueue();
  const { data: atDesk } = useWaiting();
  const [life, rest] = usePartsShown(parts);
  const [lifeBox, box] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const desk = useMemo(
    () =>
      new Map((atDesk?.pages ?? []).flatMap((page) => page.items.map((row) => [row.number, row]))),
    [atDesk],
  );
  const lines = useMemo(() => queueLines(rest), [rest]);
  const here = parts.life.length + parts.waiting.length;
  // Of a queue that is still being read, the API has counted the rest.
  const unread = data?.next_cursor ? data.waiting + data.forwarded - data.items.length : 0;
  const storms = data?.storms ?? [];
  const of = { selected, byPointer, onSelect, desk };

  return (
    <section className="column column-queue" aria-label={t("queue.title")}>
      <div className="column-head">
        <h2>
          {t("queue.title")}{" "}
          <span className="count" data-testid="queue-count">
            {here + unread}
          </span>
        </h2>
        <Above box={box} lines={lines} />
        <FindField reports={inOrder(parts)} onSelect={onSelect} field={find} />
      </div>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {parts.life.length > 0 ? (
        <div className="rows-life" ref={lifeBox} tabIndex={0}>
          <Rows parts={life} box={lifeBox} {...of} />
        </div>
      ) : null}
      <StormRows storms={storms} />
      <div className="rows-scroll" ref={box} tabIndex={0} data-testid="queue-rows">
        {isPending ? <Skeleton active /> : null}
        {!isPending && !error && here + storms.length === 0 ? (
          <Why words={t("queue.empty")} />
        ) : null}
        <Rows parts={rest} box={box} {...of} />
        {/* room below, so that the chosen row can stay where it is however short the list */}
        <div className="rows-room" aria-hidden="true" />
      </div>
    </section>
  );
}

/** Life safety in a box of its own; below it what waits, what is put aside, what the desk has not yet. */
function usePartsShown(parts: Sections) {
  const language = useLanguage();
  return useMemo(() => {
    const part = (label: string, reports: readonly Report[], title?: string) => ({
      label,
      reports,
      title: title ? (
        <span data-testid={title}>
          {label} <span className="count">{reports.length}</span>
        </span>
      ) : null,
    });
    return [
      [part(t("cls.life_safety"), parts.life)],
      [
        part(t("queue.waiting"), parts.waiting),
        part(t("queue.parked"), parts.parked, "queue-parked"),
        part(t("queue.forwarded"), parts.forwarded, "queue-forwarded"),
      ],
    ] as const;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the words are the language's
  }, [parts, language]);
}

/** Says how many rows have slid out of sight above, and goes there. */
function Above({
  box,
  lines,
}: {
  box: RefObject<HTMLDivElement | null>;
  lines: readonly Line<Report>[];
}) {
  const [above, setAbove] = useState(0);
  useEffect(() => {
    const list = box.current;
    if (!list) return;
    const tell = () => setAbove(rowsAbove(lines, list.scrollTop + 8));
    tell();
    list.addEventListener("scroll", tell, { passive: true });
    return () => list.removeEventListener("scroll", tell);
  }, [box, lines]);
  if (above === 0) return null;
  return (
    <button type="button" className="rows-above" onClick={() => box.current?.scrollTo({ top: 0 })}>
      ▲ {t("queue.above", { count: above })}
    </button>
  );
}
