import { Skeleton } from "antd";
import { useEffect, useRef } from "react";
import type { IssueRow } from "../api/contract";
import { Why } from "../parts/Why";
import { t } from "../words/words";
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
  "status",
  "promise",
] as const;

/** The columns of the paper register, denser than the operator's screen. */
export function RegisterTable(props: RegisterTableProps) {
  const { waiting, register, selected, onSelect, marked, onMark, pending, filtered, own, more } = props;
  const end = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!end.current || !more) return;
    const seen = new IntersectionObserver((entries) => entries[0]?.isIntersecting && more());
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [more]);
  useEffect(() => {
    box.current?.querySelector(`[data-number="${selected}"]`)?.scrollIntoView({ block: "nearest" });
  }, [selected]);

  const rows = (issues: readonly IssueRow[]) =>
    issues.map((issue) => (
      <RegisterRow
        key={issue.number}
        issue={issue}
        selected={issue.number === selected}
        onSelect={onSelect}
        marked={marked.has(issue.number)}
        onMark={onMark}
      />
    ));
  return (
    <div className="register" ref={box}>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className={`col-${name}`}>
                {t(`column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody aria-label={t("desk.waiting")}>
          <tr className="register-title">
            <th colSpan={COLUMNS.length} scope="rowgroup">
              {t("desk.waiting")} <span className="count">{waiting.length}</span>
              {waiting.length === 0 ? (
                <span className="quiet"> {t("desk.none_waiting")}</span>
              ) : null}
            </th>
          </tr>
          {rows(waiting)}
        </tbody>
        <tbody aria-label={t("desk.register")}>
          <tr className="register-title">
            <th colSpan={COLUMNS.length} scope="rowgroup">
              {t("desk.register")}
            </th>
          </tr>
          {rows(register)}
        </tbody>
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
