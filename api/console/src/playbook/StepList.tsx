import { useState } from "react";
import type { WayStep } from "../api/contract";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Moment } from "../time/Moment";
import { both, named, t } from "../words/words";
import type { Said } from "./steps";
import { current } from "./steps";
import "./playbook.css";

interface StepListProps {
  way: readonly WayStep[];
  busy: boolean;
  /** Nobody here may do steps, or the issue has ended: they are only shown. */
  locked?: boolean;
  onDo: (said: Said) => void;
}

/** The steps on the way; the one that is next is answered by Ctrl and a digit, also while typing. */
export function StepList({ way, busy, locked = false, onDo }: StepListProps) {
  const next = locked ? null : current(way);
  return (
    <ol className="playbook" aria-label={t("playbook.steps")} data-testid="playbook">
      {way.map((step) => (
        <li
          key={step.code}
          className={step.did ? "step-done" : step === next ? "step-next" : "step-later"}
          data-testid={`step-${step.code}`}
        >
          <p>
            <span aria-hidden>{step.did ? "✓" : step.required ? "●" : "○"}</span>{" "}
            {both(step.words)}{" "}
            {step.required ? null : <span className="quiet">{t("playbook.optional")}</span>}
            {step.room === "desk" ? <span className="tag">{named("room", "desk")}</span> : null}
          </p>
          {step.did ? <DoneLine step={step} /> : null}
          {step === next ? <Answer key={step.code} step={step} busy={busy} onDo={onDo} /> : null}
        </li>
      ))}
    </ol>
  );
}

function DoneLine({ step }: { step: WayStep }) {
  if (!step.did) return null;
  const answer = step.choices.find((one) => one.code === step.did?.answer);
  const said = [answer ? both(answer.words) : "", step.did.words ?? ""].filter(Boolean);
  return (
    <p className="quiet">
      {said.length > 0 ? <b>{said.join(t("join.comma"))} </b> : null}
      {step.did.by?.name} <Moment at={step.did.at} />
    </p>
  );
}

interface AnswerProps {
  step: WayStep;
  busy: boolean;
  onDo: (said: Said) => void;
}

function Answer({ step, busy, onDo }: AnswerProps) {
  const [words, setWords] = useState("");
  const ready = step.asks === null || words.trim() !== "";
  const say = (answer?: string) => {
    if (!ready || busy) return;
    const said = { ...(answer ? { answer } : {}), ...(words.trim() ? { words: words.trim() } : {}) };
    onDo({ step: step.code, ...said });
  };
  const answers = step.choices.length > 0 ? step.choices : [null];
  useActs(
    answers.map((choice, at) => ({
      id: `step-${at}`,
      words: `${both(step.words)}${t("join.colon")}${choice ? both(choice.words) : t("playbook.done")}`,
      keys: [`mod+${at + 1}`],
      everywhere: true,
      run: () => say(choice?.code),
    })),
  );
  return (
    <div className="step-answer">
      {step.asks ? (
        <input
          className="field"
          value={words}
          placeholder={both(step.asks)}
          aria-label={both(step.asks)}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.ctrlKey || event.metaKey || step.choices.length > 0)
              return;
            event.preventDefault();
            say();
          }}
          data-testid="step-words"
        />
      ) : null}
      <div className="acts">
        {answers.map((choice, at) => (
          <ActButton
            key={choice?.code ?? "done"}
            letter={`Ctrl+${at + 1}`}
            words={choice ? both(choice.words) : t("playbook.done")}
            onClick={() => say(choice?.code)}
            disabled={!ready}
            busy={busy}
            testId={`step-answer-${choice?.code ?? "done"}`}
          />
        ))}
      </div>
    </div>
  );
}
