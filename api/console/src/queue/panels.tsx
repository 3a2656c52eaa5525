import { useState } from "react";
import type { DismissalCause } from "../api/contract";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { named, t } from "../words/words";

const CAUSES: readonly DismissalCause[] = [
  "test",
  "false_alarm",
  "wrong_number",
  "duplicate",
  "nothing_found",
  "cleared",
  "other",
];

interface PanelProps<T> {
  busy: boolean;
  onSubmit: (value: T) => void;
}

export function HandledPanel({ busy, onSubmit }: PanelProps<string>) {
  return (
    <ReasonForm
      title={t("act.handled_on_the_spot")}
      note={t("handled.note")}
      label={t("handled.how")}
      busy={busy}
      onSubmit={onSubmit}
    />
  );
}

export function DismissPanel({
  busy,
  onSubmit,
}: PanelProps<{ cause: DismissalCause; reason: string }>) {
  const [cause, setCause] = useState<DismissalCause | null>(null);
  return (
    <ReasonForm
      title={t("act.dismiss")}
      note={t("dismiss.note")}
      label={t("dismiss.reason")}
      busy={busy}
      ready={cause !== null}
      onSubmit={(reason) => cause && onSubmit({ cause, reason })}
    >
      <label>{t("dismiss.cause")}</label>
      <Choice
        label={t("dismiss.cause")}
        options={CAUSES.map((code, index) => ({
          value: code,
          label: named("cause", code),
          names: [code],
          digit: index + 1,
        }))}
        value={cause}
        onPick={(code) => setCause(code as DismissalCause)}
        testId="dismiss-cause"
        required
      />
    </ReasonForm>
  );
}

export function TakeOverPanel({ holder, busy, onSubmit }: PanelProps<string> & { holder: string }) {
  return (
    <ReasonForm
      title={t("act.take_over")}
      note={t("take_over.note", { name: holder })}
      label={t("take_over.reason")}
      busy={busy}
      onSubmit={onSubmit}
    />
  );
}
