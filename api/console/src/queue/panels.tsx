import { useEffect, useRef, useState } from "react";
import type { DismissalCause, Role } from "../api/contract";
import { usePeople } from "../api/queries";
import { Choice } from "../parts/Choice";
import { focusFirst } from "../parts/fields";
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

const MINUTES: readonly number[] = [5, 10, 15, 30, 60, 120, 240];

/** For how long, and why; ten minutes are what is meant most often. */
export function ParkPanel({ busy, onSubmit }: PanelProps<{ minutes: number; reason: string }>) {
  const [minutes, setMinutes] = useState("10");
  return (
    <ReasonForm
      title={t("act.park")}
      note={t("park.note")}
      label={t("park.reason")}
      busy={busy}
      onSubmit={(reason) => onSubmit({ minutes: Number(minutes), reason })}
    >
      <label>{t("park.for")}</label>
      <Choice
        label={t("park.for")}
        options={MINUTES.map((one, index) => ({
          value: String(one),
          label: t("park.minutes", { minutes: one }),
          names: [String(one)],
          digit: index + 1,
        }))}
        value={minutes}
        onPick={setMinutes}
        testId="park-for"
        required
      />
    </ReasonForm>
  );
}

interface OfferPanelProps {
  me: string;
  onSubmit: (to: string) => void;
}

const MAY_HOLD: readonly Role[] = ["operator", "captain", "general_group_supervisor", "director"];

/** Whom to ask: a digit or a name, and he is asked. */
export function OfferPanel({ me, onSubmit }: OfferPanelProps) {
  const { data: people } = usePeople();
  const form = useRef<HTMLDivElement>(null);
  const askable = (people ?? []).filter(
    (one) => one.code !== me && one.roles.some((role) => MAY_HOLD.includes(role)),
  );
  useEffect(() => focusFirst(form.current), []);
  return (
    <div className="reason-form" data-form ref={form}>
      <h2>{t("act.offer")}</h2>
      <p className="quiet">{t("offer.note")}</p>
      <label>{t("offer.to")}</label>
      <Choice
        label={t("offer.to")}
        options={askable.map((one, index) => ({
          value: one.code,
          label: one.name,
          names: [one.code],
          ...(index < 9 ? { digit: index + 1 } : {}),
        }))}
        value={null}
        onPick={onSubmit}
        testId="offer-to"
        required
      />
    </div>
  );
}
