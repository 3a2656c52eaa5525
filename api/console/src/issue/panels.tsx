import { useState } from "react";
import { usePeople } from "../api/queries";
import type { Issue, Outcome } from "../api/contract";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { ActButton } from "../parts/ActButton";
import { personOptions } from "../telling/options";
import { siteNow } from "../time/clock";
import { moment } from "../time/format";
import { typedMoment } from "../time/typed";
import { named, t } from "../words/words";

interface PanelProps {
  issue: Issue;
  busy: boolean;
  onSubmit: (body: unknown) => void;
}

interface WordsPanelProps {
  act: "return" | "handled" | "reopen" | "note";
  busy: boolean;
  onSubmit: (words: string) => void;
}

export function WordsPanel({ act, busy, onSubmit }: WordsPanelProps) {
  return (
    <ReasonForm
      title={t(`desk_act.${act}`)}
      note={t(`desk_note.${act}`)}
      label={t(`desk_label.${act}`)}
      busy={busy}
      onSubmit={onSubmit}
    />
  );
}

interface AssignPanelProps extends Omit<PanelProps, "issue"> {
  issue: Pick<Issue, "assigned_to">;
  /** For several at once. */
  title?: string;
}

/** Who is sent, and what the customer was promised: read back before it is sent. */
export function AssignPanel({ issue, title, busy, onSubmit }: AssignPanelProps) {
  const { data: people } = usePeople();
  const [to, setTo] = useState<string | null>(issue.assigned_to?.code ?? null);
  const [typed, setTyped] = useState("");
  const promised = typed.trim() ? typedMoment(typed, siteNow(), "future") : null;
  const unreadable = typed.trim() !== "" && promised === null;
  const submit = () => {
    if (!to || unreadable || busy) return;
    onSubmit({
      to,
      ...(promised === null ? {} : { promised_at: new Date(promised).toISOString() }),
    });
  };
  return (
    <form
      className="reason-form"
      data-form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>{title ?? t("desk_act.assign")}</h2>
      <label>{t("assign.to")}</label>
      <Choice
        label={t("assign.to")}
        options={personOptions((people ?? []).filter((one) => one.active))}
        value={to}
        onPick={setTo}
        testId="assign-to"
        required
        autoFocus
      />
      <label>
        {t("assign.promised_at")}
        <input
          className="field"
          value={typed}
          placeholder={t("assign.promised_how")}
          aria-invalid={unreadable}
          onChange={(event) => setTyped(event.target.value)}
          data-field
          data-testid="assign-promised"
        />
      </label>
      <p className="form-note">
        {unreadable ? t("assign.unreadable") : null}
        {promised !== null ? t("assign.reads", { at: moment(promised, siteNow(), false) }) : null}
      </p>
      <div className="acts">
        <ActButton
          letter="Enter"
          words={t("desk_act.assign")}
          submits
          primary
          disabled={!to || unreadable}
          busy={busy}
          testId="confirm"
        />
      </div>
    </form>
  );
}

const OUTCOMES: readonly Outcome[] = [
  "solved",
  "handled_on_the_spot",
  "passed_on",
  "not_ours",
  "cannot",
];
/** Said only of what somebody has handled; the API refuses it otherwise. */
const GONE: ReadonlySet<Outcome> = new Set(["solved", "handled_on_the_spot"]);

/** The outcome is not the status: how it ended is said apart from that it ended. */
export function ClosePanel({ issue, busy, onSubmit }: PanelProps) {
  const handled = issue.status === "handled";
  const unknown = issue.first_reporter?.to_be_identified !== false;
  const [outcome, setOutcome] = useState<Outcome | null>(handled ? "solved" : null);
  return (
    <ReasonForm
      title={t("desk_act.close")}
      note={
        unknown
          ? t("detail.identify")
          : handled
            ? t("desk_note.close")
            : t("desk_note.close_unhandled")
      }
      label={t("close.words")}
      busy={busy}
      ready={outcome !== null && !unknown}
      onSubmit={(words) => onSubmit({ outcome, words })}
    >
      <label>{t("close.outcome")}</label>
      <Choice
        label={t("close.outcome")}
        options={OUTCOMES.filter((one) => handled || !GONE.has(one)).map((one, index) => ({
          value: one,
          label: named("outcome", one),
          names: [one],
          digit: index + 1,
        }))}
        value={outcome}
        onPick={(value) => setOutcome(value as Outcome)}
        testId="close-outcome"
        required
      />
    </ReasonForm>
  );
}

/** A correction is a new entry with a reason; the name that stood there stays in the journal. */
export function CorrectPanel({ issue, busy, onSubmit }: PanelProps) {
  const { data: people } = usePeople();
  const [person, setPerson] = useState<string | null>(null);
  const [name, setName] = useState("");
  return (
    <ReasonForm
      title={t("desk_act.correct")}
      note={t("correct.note", { name: issue.first_reporter?.name ?? "" })}
      label={t("correct.reason")}
      busy={busy}
      ready={person !== null || name.trim() !== ""}
      onSubmit={(reason) =>
        onSubmit(name.trim() ? { name: name.trim(), reason } : { person, reason })
      }
    >
      <label>{t("correct.person")}</label>
      <Choice
        label={t("correct.person")}
        options={personOptions(people ?? [])}
        value={person}
        onPick={(code) => {
          setPerson(code);
          setName("");
        }}
        testId="correct-person"
      />
      <label>
        {t("correct.name")}
        <input
          className="field"
          value={name}
          onChange={(event) => setName(event.target.value)}
          data-field
        />
      </label>
    </ReasonForm>
  );
}
