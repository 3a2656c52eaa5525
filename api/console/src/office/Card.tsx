import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { focusFirst } from "../parts/fields";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";

interface CardProps {
  title: string;
  problem: Error | null;
  busy: boolean;
  ready: boolean;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** One person, unit or place being changed, beside the list it belongs to. */
export function Card({ title, problem, busy, ready, onSave, onClose, children }: CardProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => focusFirst(form.current), []);
  return (
    <form
      ref={form}
      className="reason-form office-card"
      data-form
      data-testid="office-card"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onSave();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <h2>{title}</h2>
      {children}
      {problem ? (
        <Bar tone="warn" testId="refusal">
          {refusal(problem)}
        </Bar>
      ) : null}
      <div className="acts">
        <ActButton
          letter="Enter"
          words={t("administration.save")}
          submits
          primary
          disabled={!ready}
          busy={busy}
          testId="office-save"
        />
        <ActButton letter="Esc" words={t("administration.leave")} onClick={onClose} />
      </div>
    </form>
  );
}

interface WordProps {
  label: string;
  value: string;
  onType: (value: string) => void;
  testId: string;
  /** A code that is known already stays as it is. */
  fixed?: boolean;
  note?: string;
}

export function Word({ label, value, onType, testId, fixed = false, note }: WordProps) {
  return (
    <label>
      {label}
      <input
        className="field"
        value={value}
        readOnly={fixed}
        maxLength={200}
        onChange={(event) => onType(event.target.value)}
        {...(fixed ? {} : { "data-field": true })}
        data-testid={testId}
      />
      {note ? <span className="form-note">{note}</span> : null}
    </label>
  );
}

interface CodeAndNameProps {
  code: string;
  onCode: (code: string) => void;
  name: string;
  onName: (name: string) => void;
  /** It is there already: its code stays. */
  fixed: boolean;
  /** Another one has this code. */
  taken: boolean;
}

export function CodeAndName({ code, onCode, name, onName, fixed, taken }: CodeAndNameProps) {
  return (
    <>
      <Word
        label={t("administration.code")}
        value={code}
        onType={onCode}
        testId="office-code"
        fixed={fixed}
        note={taken ? t("administration.taken") : t("administration.code_how")}
      />
      <Word label={t("administration.name")} value={name} onType={onName} testId="office-name" />
    </>
  );
}

interface TickProps {
  label: string;
  on: boolean;
  onTick: (on: boolean) => void;
  testId: string;
}

export function Tick({ label, on, onTick, testId }: TickProps) {
  return (
    <label className="check office-tick">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onTick(event.target.checked)}
        data-testid={testId}
      />
      {label}
    </label>
  );
}

/** What the API takes as a code of this site. */
export const CODE = /^[A-Za-z0-9_.-]{1,64}$/;
