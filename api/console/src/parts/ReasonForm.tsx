import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { t } from "../words/words";
import { ActButton } from "./ActButton";
import { focusFirst } from "./fields";

interface ReasonFormProps {
  title: string;
  note?: string;
  label: string;
  busy: boolean;
  /** Whether the fields before the words are filled in. */
  ready?: boolean;
  /** Words may stay empty. */
  optional?: boolean;
  onSubmit: (words: string) => void;
  children?: ReactNode;
}

/** An act that asks for words. It stands in the column, never over the queue. */
export function ReasonForm(props: ReasonFormProps) {
  const { title, note, label, busy, ready = true, optional = false, onSubmit, children } = props;
  const [words, setWords] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => focusFirst(form.current), []);
  const complete = ready && (optional || words.trim() !== "");
  const submit = () => {
    if (complete && !busy) onSubmit(words.trim());
  };
  return (
    <form
      ref={form}
      className="reason-form"
      data-form
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        submit();
      }}
    >
      <h2>{title}</h2>
      {note ? <p className="quiet">{note}</p> : null}
      {children}
      <label>
        {label}
        <textarea
          className="field"
          rows={3}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          data-field
          data-testid="reason"
        />
      </label>
      <div className="acts">
        <ActButton
          letter="Ctrl+Enter"
          words={t("act.confirm", { act: title })}
          onClick={submit}
          primary
          disabled={!complete}
          busy={busy}
          testId="confirm"
        />
      </div>
    </form>
  );
}
