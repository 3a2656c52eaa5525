import type { KeyboardEvent } from "react";
import { useEffect, useRef, useState } from "react";
import { useAct } from "../api/acts";
import type { Write } from "../api/client";
import { change } from "../api/client";
import type { Issue, IssueRow, Urgency } from "../api/contract";
import { useCategories, usePeople } from "../api/queries";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import type { Option } from "../parts/Choice";
import { refusal } from "../parts/refusal";
import { categoryOptions, handlerOptions } from "../telling/options";
import { named, t } from "../words/words";
import type { Cell } from "./cells";
import { URGENCIES, climbsLater } from "./cells";

interface CellEditorProps {
  issue: IssueRow;
  cell: Cell;
  /** Tab: on to the next cell, or back to the one before. */
  onMove: (step: 1 | -1) => void;
  onClose: () => void;
}

interface Class {
  category: string;
  urgency: Urgency;
}

/** A cell of the register while it is changed: the acts, checks and refusals of the forms. */
export function CellEditor({ issue, cell, onMove, onClose }: CellEditorProps) {
  const act = useAct<Issue>();
  const [lower, setLower] = useState<Class | null>(null);
  const send = (write: Write<Issue>) => act.mutate([write], { onSuccess: onClose });
  const reclassify = (to: Class, reason = "") =>
    send(change("/api/v1/issues/{number}/reclassify", issue.number, { ...to, reason }));
  const classify = (to: Class) => {
    if (to.category === issue.category?.code && to.urgency === issue.urgency) onClose();
    else if (climbsLater(issue.urgency, to.urgency)) setLower(to);
    else reclassify(to);
  };
  const assign = (to: string) => {
    if (to === issue.assigned_to?.code) return onClose();
    // What the customer was promised stands, whoever comes.
    const body = { to, promised_at: issue.promised_at };
    send(change("/api/v1/issues/{number}/assign", issue.number, body));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Tab") {
      event.preventDefault();
      onMove(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <div
      className="cell-editor"
      onKeyDown={press}
      onClick={(event) => event.stopPropagation()}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget) && !act.isPending) onClose();
      }}
    >
      {lower ? (
        <WhyLower onSay={(reason) => reclassify(lower, reason)} />
      ) : cell === "category" ? (
        <CategoryCell issue={issue} onPick={classify} />
      ) : cell === "urgency" ? (
        <UrgencyCell issue={issue} onPick={classify} />
      ) : (
        <HandlerCell issue={issue} onPick={assign} />
      )}
      {act.error ? (
        <div className="cell-refused">
          <Bar tone="warn" testId="refusal">
            {refusal(act.error)}
          </Bar>
        </div>
      ) : null}
    </div>
  );
}

/** What it is now stands first, so that Enter alone changes nothing. */
function presentFirst(options: readonly Option[], present: string | undefined): Option[] {
  return [
    ...options.filter((one) => one.value === present),
    ...options.filter((one) => one.value !== present),
  ];
}

function CategoryCell({ issue, onPick }: { issue: IssueRow; onPick: (to: Class) => void }) {
  const { data: categories } = useCategories();
  const pick = (code: string) => {
    const urgency = (categories ?? []).find((one) => one.code === code)?.urgency;
    const same = code === issue.category?.code;
    onPick({ category: code, urgency: same || !urgency ? issue.urgency : urgency });
  };
  return (
    <Choice
      label={t("desk.category")}
      options={presentFirst(categoryOptions(categories ?? []), issue.category?.code)}
      value={null}
      onPick={pick}
      placeholder={t("form.category_how")}
      testId="edit-category"
      autoFocus
    />
  );
}

function UrgencyCell({ issue, onPick }: { issue: IssueRow; onPick: (to: Class) => void }) {
  const options = URGENCIES.map((one, index) => ({
    value: one,
    label: named("urgency", one),
    names: [one],
    digit: index + 1,
  }));
  return (
    <Choice
      label={t("desk.urgency")}
      options={presentFirst(options, issue.urgency)}
      value={null}
      onPick={(urgency) =>
        onPick({ category: issue.category?.code ?? "", urgency: urgency as Urgency })
      }
      testId="edit-urgency"
      autoFocus
    />
  );
}

/** A person, or a unit first and then one of its people. */
function HandlerCell({ issue, onPick }: { issue: IssueRow; onPick: (to: string) => void }) {
  const { data: people } = usePeople();
  const [unit, setUnit] = useState<string | null>(null);
  const options = handlerOptions((people ?? []).filter((one) => one.active), unit);
  return (
    <Choice
      key={unit}
      label={t("column.handler")}
      options={presentFirst(options, issue.assigned_to?.code)}
      value={null}
      onPick={(value) => {
        if (value.startsWith("unit:")) setUnit(value.slice("unit:".length));
        else onPick(value);
      }}
      placeholder={t(unit ? "edit.who_of_unit" : "edit.who_or_unit")}
      testId="edit-handler"
      autoFocus
    />
  );
}

/** The ladder will climb later: that is said with a reason or not at all. */
function WhyLower({ onSay }: { onSay: (reason: string) => void }) {
  const [words, setWords] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <input
      ref={field}
      className="field"
      value={words}
      aria-label={t("edit.why_lower")}
      placeholder={t("edit.why_lower")}
      onChange={(event) => setWords(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        if (words.trim()) onSay(words.trim());
      }}
      data-testid="edit-reason"
    />
  );
}
