import type { ReactNode } from "react";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { t } from "../words/words";
import { mistakes } from "./mistakes";
import "./rules.css";

interface TextEditorProps {
  label: string;
  text: string;
  /** The text in force. */
  given: string;
  changes: boolean;
  onEdit: (text: string) => void;
  problem: Error | null;
  onLook: () => void;
  looking: boolean;
  /** What a look has shown: under which version it would be saved, and what would differ. */
  seen: { version: number; differs: ReactNode } | null;
  onSave: (reason: string) => void;
  saving: boolean;
  /** What the test ids begin with. */
  id: string;
}

/** Rules as a text: edited, looked at before they are in force, saved with a reason. */
export function TextEditor(props: TextEditorProps) {
  const { label, text, given, changes, onEdit, problem, onLook, looking, seen, onSave, saving, id } =
    props;
  return (
    <>
      <textarea
        className="field rules-text"
        aria-label={label}
        value={text}
        readOnly={!changes}
        spellCheck={false}
        onChange={(event) => onEdit(event.target.value)}
        data-testid={`${id}-text`}
      />
      {problem ? (
        <Bar tone="warn" testId="refusal">
          <pre className="rules-mistakes">{mistakes(problem)}</pre>
        </Bar>
      ) : null}
      {changes ? (
        <div className="acts">
          <ActButton
            words={t("rules.preview")}
            onClick={onLook}
            disabled={text === given}
            busy={looking}
            primary
            testId={`${id}-preview`}
          />
          <ActButton
            words={t("rules.undo")}
            onClick={() => onEdit(given)}
            disabled={text === given}
          />
        </div>
      ) : null}
      {seen && changes ? (
        <>
          {seen.differs}
          <ReasonForm
            title={t("rules.save", { version: seen.version })}
            label={t("rules.reason")}
            busy={saving}
            onSubmit={onSave}
          />
        </>
      ) : null}
    </>
  );
}
