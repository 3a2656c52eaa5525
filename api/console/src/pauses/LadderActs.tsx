import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import type { Issue, Role } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { siteNow } from "../time/clock";
import { moment } from "../time/format";
import { typedMoment } from "../time/typed";
import { named, t } from "../words/words";
import { PauseLine } from "./Decide";

const OPEN: readonly Issue["status"][] = ["reported", "forwarded", "accepted", "assigned"];
const CALLED: readonly Role[] = [
  "captain",
  "general_group_supervisor",
  "director",
  "on_site_supervisor",
  "engineer",
  "guard",
];

/** What people may do with a ladder: ask that it stand still, or call somebody in at once. */
export function LadderActs({ issue }: { issue: Issue }) {
  const me = useMe();
  const [open, setOpen] = useState<"pause" | "escalate" | null>(null);
  const stands = OPEN.includes(issue.status);
  const pauses = stands && issue.urgency !== "life_safety" && may(me, "ask_pause");
  const calls = stands && may(me, "escalate");
  return (
    <section aria-label={t("pause.title")}>
      {issue.came_back_at ? (
        <Bar tone="warn" testId="came-back">
          {t("pause.came_back")}
        </Bar>
      ) : null}
      {issue.pauses.map((one) => (
        <PauseLine key={one.id} pause={one} />
      ))}
      {open === null && (pauses || calls) ? (
        <div className="acts">
          {pauses ? (
            <ActButton
              words={t("pause.ask")}
              onClick={() => setOpen("pause")}
              testId="ask-pause"
            />
          ) : null}
          {calls ? (
            <ActButton
              words={t("pause.escalate")}
              onClick={() => setOpen("escalate")}
              testId="escalate"
            />
          ) : null}
        </div>
      ) : null}
      {open === "pause" ? <AskForm issue={issue} onDone={() => setOpen(null)} /> : null}
      {open === "escalate" ? <CallForm issue={issue} onDone={() => setOpen(null)} /> : null}
      {open ? (
        <div className="acts">
          <ActButton words={t("act.back")} onClick={() => setOpen(null)} />
        </div>
      ) : null}
    </section>
  );
}

interface FormProps {
  issue: Issue;
  onDone: () => void;
}

function useSettled(onDone: () => void) {
  const client = useQueryClient();
  return {
    onSuccess: onDone,
    onSettled: () => {
      for (const key of ["issue", "journal", "pauses", "issues", "escalations"])
        void client.invalidateQueries({ queryKey: [key] });
    },
  };
}

function AskForm({ issue, onDone }: FormProps) {
  const [typed, setTyped] = useState("");
  const until = typed.trim() ? typedMoment(typed, siteNow(), "future") : null;
  const ask = useMutation({
    mutationFn: (reason: string) =>
      send(
        change("/api/v1/issues/{number}/pause", issue.number, {
          until: new Date(until ?? 0).toISOString(),
          reason,
        }),
      ),
    ...useSettled(onDone),
  });
  return (
    <>
      <ReasonForm
        title={t("pause.ask")}
        note={t("pause.note")}
        label={t("pause.reason")}
        busy={ask.isPending}
        ready={until !== null}
        onSubmit={(reason) => ask.mutate(reason)}
      >
        <label>
          {t("pause.until")}
          <input
            className="field"
            value={typed}
            placeholder="11-24 18:00"
            onChange={(event) => setTyped(event.target.value)}
            data-field
            data-testid="pause-until"
          />
        </label>
        <p className="form-note">{until !== null ? moment(until, siteNow(), false) : null}</p>
      </ReasonForm>
      {ask.error ? <Bar tone="warn">{refusal(ask.error)}</Bar> : null}
    </>
  );
}

function CallForm({ issue, onDone }: FormProps) {
  const [role, setRole] = useState<Role | null>(issue.next_to[0] ?? null);
  const call = useMutation({
    mutationFn: (reason: string) =>
      send(
        change("/api/v1/issues/{number}/escalate", issue.number, {
          reason,
          roles: role ? [role] : [],
          people: [],
        }),
      ),
    ...useSettled(onDone),
  });
  return (
    <>
      <ReasonForm
        title={t("pause.escalate")}
        note={t("pause.escalate_note")}
        label={t("pause.reason")}
        busy={call.isPending}
        ready={role !== null}
        onSubmit={(reason) => call.mutate(reason)}
      >
        <label>{t("escalations.who")}</label>
        <Choice
          label={t("escalations.who")}
          options={CALLED.map((one, index) => ({
            value: one,
            label: named("role", one),
            names: [one],
            digit: index + 1,
          }))}
          value={role}
          onPick={(value) => setRole(value as Role)}
          testId="escalate-to"
          required
        />
      </ReasonForm>
      {call.error ? <Bar tone="warn">{refusal(call.error)}</Bar> : null}
    </>
  );
}
