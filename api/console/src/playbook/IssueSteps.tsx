import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import { useIssuePlaybook } from "../api/duties";
import type { Issue } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { named, t } from "../words/words";
import { StepList } from "./StepList";
import { unlocked } from "./steps";
import { useSteps } from "./useSteps";

const OVER: ReadonlySet<Issue["status"]> = new Set(["closed", "dismissed", "merged"]);

/** The playbook of an issue: what was done, what locks its end, and what a supervisor lets go. */
export function IssueSteps({ issue }: { issue: Issue }) {
  const me = useMe();
  const client = useQueryClient();
  const { data: playbook } = useIssuePlaybook(issue.number);
  const steps = useSteps(issue.number);
  const [waiving, setWaiving] = useState<"steps" | "pictures" | null>(null);
  const waive = useMutation({
    mutationFn: (reason: string) =>
      send(
        waiving === "steps"
          ? change("/api/v1/issues/{number}/waive-steps", issue.number, { reason })
          : change("/api/v1/issues/{number}/waive-pictures", issue.number, { reason }),
      ),
    onSuccess: (answer) => {
      client.setQueryData(["playbook", issue.number], answer);
      setWaiving(null);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["journal", issue.number] }),
  });
  if (!playbook) return null;
  const pictures = playbook.pictures_waived === null ? playbook.pictures_lacking : [];
  const over = OVER.has(issue.status);
  if (playbook.way.length === 0 && pictures.length === 0) return null;
  return (
    <section aria-label={t("playbook.title")} data-testid="issue-steps">
      <h2>{t("playbook.title")}</h2>
      {!over && !unlocked(playbook) ? <Bar tone="warn">{t("playbook.locked")}</Bar> : null}
      {!over && pictures.length > 0 ? (
        <Bar tone="warn" testId="pictures-lacking">
          {t("playbook.pictures_lacking", {
            labels: pictures.map((one) => named("needed", one)).join(t("join.comma")),
          })}
        </Bar>
      ) : null}
      {playbook.steps_waived ? (
        <p className="quiet">{t("playbook.steps_waived", { reason: playbook.steps_waived })}</p>
      ) : null}
      {playbook.pictures_waived ? (
        <p className="quiet">
          {t("playbook.pictures_waived", { reason: playbook.pictures_waived })}
        </p>
      ) : null}
      {steps.error ? <Bar tone="warn">{refusal(steps.error)}</Bar> : null}
      {waive.error ? <Bar tone="warn">{refusal(waive.error)}</Bar> : null}
      <StepList
        way={playbook.way}
        busy={steps.isPending}
        locked={over || !may(me, "do_step")}
        onDo={(said) => steps.mutate([said])}
      />
      {waiving ? (
        <ReasonForm
          key={waiving}
          title={t(`playbook.waive_${waiving}`)}
          note={t("playbook.waive_note")}
          label={t("playbook.waive_reason")}
          busy={waive.isPending}
          onSubmit={(reason) => waive.mutate(reason)}
        />
      ) : may(me, "waive") && !over ? (
        <div className="acts">
          {unlocked(playbook) ? null : (
            <ActButton
              words={t("playbook.waive_steps")}
              onClick={() => setWaiving("steps")}
              testId="waive-steps"
            />
          )}
          {pictures.length > 0 ? (
            <ActButton
              words={t("playbook.waive_pictures")}
              onClick={() => setWaiving("pictures")}
              testId="waive-pictures"
            />
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
