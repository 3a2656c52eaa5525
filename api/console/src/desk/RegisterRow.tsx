import type { ReactNode } from "react";
import { memo } from "react";
import type { IssueRow } from "../api/contract";
import { Link } from "../app/Link";
import { waitOf } from "../parts/AgeBar";
import { UrgencyMark } from "../parts/ClassMark";
import { pathOf } from "../queue/title";
import { useNow } from "../time/clock";
import { age, moment } from "../time/format";
import { RepeatMark } from "../customers/RepeatMark";
import { both, named, t } from "../words/words";
import { CellEditor } from "./CellEditor";
import type { Cell } from "./cells";
import { besideCell, mayEdit } from "./cells";

interface RegisterRowProps {
  issue: IssueRow;
  /** Which row of the whole table it is. */
  place: number;
  selected: boolean;
  onSelect: (number: number) => void;
  marked: boolean;
  onMark: ((number: number) => void) | null;
  /** Which of its cells is being changed. */
  editing: Cell | null;
  /** Null: he may change nothing. */
  onEdit: ((number: number, cell: Cell | null) => void) | null;
}

export const RegisterRow = memo(function RegisterRow({
  issue,
  place,
  selected,
  onSelect,
  marked,
  onMark,
  editing,
  onEdit,
}: RegisterRowProps) {
  const now = useNow();
  const cell = (name: Cell, shown: ReactNode) => {
    if (!onEdit || !selected || !mayEdit(issue)) return shown;
    const open = (next: Cell | null) => onEdit(issue.number, next);
    if (editing === name) {
      return (
        <CellEditor
          key={name}
          issue={issue}
          cell={name}
          onMove={(step) => open(besideCell(name, step))}
          onClose={() => open(null)}
        />
      );
    }
    return (
      <button
        type="button"
        className="cell-edit"
        title={t("edit.cell")}
        onClick={() => open(name)}
        data-testid={`cell-${name}`}
      >
        {shown}
      </button>
    );
  };
  const first = issue.first_reporter;
  return (
    <tr
      className={`register-row register-${issue.status}`}
      aria-selected={selected}
      aria-rowindex={place}
      onClick={() => onSelect(issue.number)}
      data-number={issue.number}
      data-testid={`register-row-${issue.number}`}
    >
      <td className="col-number">
        {onMark ? (
          <input
            type="checkbox"
            checked={marked}
            aria-label={t("bulk.mark_one", { number: issue.number })}
            onClick={(event) => event.stopPropagation()}
            onChange={() => onMark(issue.number)}
            data-testid={`mark-${issue.number}`}
          />
        ) : null}{" "}
        <Link to={`/issues/${issue.number}`}>{issue.number}</Link>
      </td>
      <td>{moment(Date.parse(issue.reported_at), now, false)}</td>
      <td className={`col-what${editing === "category" ? " cell-open" : ""}`}>
        {cell("category", <b>{both(issue.category) || t("issue.no_category")}</b>)}{" "}
        {editing === "category" ? null : (
          <>
            <RepeatMark before={issue.told_before} /> <span>{issue.words}</span>
          </>
        )}
      </td>
      <td className="col-place">
        {issue.place ? pathOf(issue.place.path, 2) : t("place.unknown")}
      </td>
      <td>
        {first?.to_be_identified ? <abbr title={t("issue.to_be_identified_long")}>▲ </abbr> : null}
        {first ? first.name : t("issue.no_reporter")}
        {first?.to_be_identified ? (
          <span className="quiet"> {t("issue.to_be_identified")}</span>
        ) : null}
        {first?.person ? <span className="quiet"> {first.person.unit.name}</span> : null}
      </td>
      <td>
        {named("channel", issue.channel)}
        {issue.relays_count > 0 ? (
          <span className="quiet"> {t("desk.hops", { count: issue.relays_count })}</span>
        ) : null}
      </td>
      <td className={editing === "urgency" ? "cell-open" : undefined}>
        {cell("urgency", <UrgencyMark urgency={issue.urgency} />)}
      </td>
      <td className={editing === "handler" ? "cell-open" : undefined}>
        {cell(
          "handler",
          issue.assigned_to ? (
            <>
              {issue.assigned_to.name}{" "}
              <span className="quiet">{issue.assigned_to.unit.name}</span>
            </>
          ) : (
            <span className="quiet">{t("desk.nobody_sent")}</span>
          ),
        )}
      </td>
      <td>
        {named("status", issue.status)}
        {issue.outcome ? (
          // How it ended is not that it ended.
          <span className="tag" data-testid={`outcome-${issue.number}`}>
            {named("outcome", issue.outcome)}
          </span>
        ) : null}
        {issue.reopened > 0 ? (
          <span className="tag">{t("desk.reopened", { times: issue.reopened })}</span>
        ) : null}
      </td>
      <td className="col-promise">
        <Promise issue={issue} now={now} />
      </td>
    </tr>
  );
});

/** What falls due next for the desk: acceptance first, then what was promised. */
function Promise({ issue, now }: { issue: IssueRow; now: number }) {
  if (issue.status === "forwarded" && issue.forwarded_at) {
    const since = Date.parse(issue.forwarded_at);
    const limit = issue.accept_limit_at ? Date.parse(issue.accept_limit_at) : Infinity;
    const wait = waitOf(now - since, (limit - since) / 2, limit - since);
    return (
      <span className={`due due-${wait}`}>
        <b>{age(now - since)}</b>
        {limit < Infinity ? ` ${t("desk.limit", { at: moment(limit, now, false) })}` : ""}
        {wait === "fine" ? null : ` ${t(`wait.${wait}`)}`}
      </span>
    );
  }
  if (!issue.promised_at || issue.handled_at || issue.closed_at) return null;
  const promised = Date.parse(issue.promised_at);
  const wait = promised < now ? "over" : promised - now < 3_600_000 ? "warn" : "fine";
  return (
    <span className={`due due-${wait}`}>
      {t("desk.promised", { at: moment(promised, now, false) })}
      {wait === "fine" ? null : ` ${t(`wait.${wait}`)}`}
    </span>
  );
}
