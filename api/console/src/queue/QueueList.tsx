import { Skeleton } from "antd";
import { useEffect, useMemo, useState } from "react";
import type { RefObject } from "react";
import { useQueue, useRegister, WAITING } from "../api/queries";
import type { IssueRow, Report } from "../api/contract";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";
import { FindField } from "./FindField";
import { QueueRow } from "./QueueRow";
import { StormRows } from "./StormRows";
import type { Sections } from "./sections";
import { inOrder } from "./sections";
import { useAnchor } from "./useAnchor";

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
  const { data: atDesk } = useRegister(WAITING);
  const scroll = useAnchor(selected, byPointer);
  const desk = useMemo(
    () =>
      new Map((atDesk?.pages ?? []).flatMap((page) => page.items.map((row) => [row.number, row]))),
    [atDesk],
  );
  const rows = (reports: readonly Report[]) =>
    reports.map((report) => (
      <QueueRow
        key={report.number}
        report={report}
        selected={report.number === selected}
        atDesk={
          report.status === "forwarded"
            ? (desk.get(report.issue) as IssueRow | undefined)
            : undefined
        }
        onSelect={onSelect}
      />
    ));
  const storms = data?.storms ?? [];
  const waiting = parts.life.length + parts.waiting.length;

  return (
    <section className="column column-queue" aria-label={t("queue.title")}>
      <div className="column-head">
        <h2>
          {t("queue.title")}{" "}
          <span className="count" data-testid="queue-count">
            {waiting}
          </span>
        </h2>
        <Above scroll={scroll} count={parts.waiting.length} />
        <FindField reports={inOrder(parts)} onSelect={onSelect} field={find} />
      </div>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {parts.life.length > 0 ? (
        <ul className="rows rows-life" role="listbox" aria-label={t("cls.life_safety")}>
          {rows(parts.life)}
        </ul>
      ) : null}
      <StormRows storms={storms} />
      <div className="rows-scroll" ref={scroll} tabIndex={0}>
        {isPending ? <Skeleton active /> : null}
        {!isPending && !error && waiting === 0 && storms.length === 0 ? <Why words={t("queue.empty")} /> : null}
        <ul className="rows" role="listbox" aria-label={t("queue.waiting")}>
          {rows(parts.waiting)}
        </ul>
        {parts.parked.length > 0 ? (
          <>
            <h3 className="rows-title" data-testid="queue-parked">
              {t("queue.parked")} <span className="count">{parts.parked.length}</span>
            </h3>
            <ul className="rows" role="listbox" aria-label={t("queue.parked")}>
              {rows(parts.parked)}
            </ul>
          </>
        ) : null}
        {parts.forwarded.length > 0 ? (
          <>
            <h3 className="rows-title">
              {t("queue.forwarded")} <span className="count">{parts.forwarded.length}</span>
            </h3>
            <ul className="rows" role="listbox" aria-label={t("queue.forwarded")}>
              {rows(parts.forwarded)}
            </ul>
          </>
        ) : null}
        {/* room below, so that the chosen row can stay where it is however short the list */}
        <div className="rows-room" aria-hidden="true" />
      </div>
    </section>
  );
}

/** Says how many rows have slid out of sight above, and goes there. */
function Above({ scroll, count }: { scroll: RefObject<HTMLDivElement | null>; count: number }) {
  const [above, setAbove] = useState(0);
  useEffect(() => {
    const box = scroll.current;
    if (!box) return;
    const tell = () => {
      const top = box.getBoundingClientRect().top;
      const rows = [...box.querySelectorAll("[data-number]")];
      setAbove(rows.filter((row) => row.getBoundingClientRect().bottom < top + 8).length);
    };
    tell();
    box.addEventListener("scroll", tell, { passive: true });
    return () => box.removeEventListener("scroll", tell);
  }, [scroll, count]);
  if (above === 0) return null;
  return (
    <button
      type="button"
      className="rows-above"
      onClick={() => scroll.current?.scrollTo({ top: 0 })}
    >
      ▲ {t("queue.above", { count: above })}
    </button>
  );
}
