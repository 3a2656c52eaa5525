import { useState } from "react";
import { useIssuePlaybook, usePlaybooks } from "../api/duties";
import type { Report, WayStep } from "../api/contract";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { siteNow } from "../time/clock";
import { t } from "../words/words";
import { StepList } from "./StepList";
import type { Said } from "./steps";
import { wayAhead } from "./steps";
import { useSteps } from "./useSteps";

interface WorkStepsProps {
  report: Report;
  /** The category as it stands in the form, entered or not. */
  category: string | null;
  /** Enter who, where and what first: the steps belong to the category. Null: something lacks. */
  complete: (() => Promise<unknown>) | null;
  onLacking: () => void;
  /** Steps are on their way: whoever takes the report further waits for them. */
  onWriting: (written: Promise<unknown>) => void;
}

const NONE: readonly WayStep[] = [];

/**
 * The operator's steps beside the form (五.1(2)). What is answered while the form still lacks
 * something waits here, and is written with the first answer after it.
 */
export function WorkSteps({ report, category, complete, onLacking, onWriting }: WorkStepsProps) {
  const [waiting, setWaiting] = useState<{ category: string | null; said: readonly Said[] }>({
    category,
    said: [],
  });
  const said = waiting.category === category ? waiting.said : [];
  const entered = report.completed && report.category?.code === category;
  const { data: playbook } = useIssuePlaybook(entered ? report.issue : null);
  const { data: playbooks } = usePlaybooks();
  const steps = useSteps(report.issue, complete ?? undefined);
  const known = playbooks?.items.find((one) => one.category.code === category);
  const at = new Date(siteNow()).toISOString();
  const ahead = known ? wayAhead(known, said, { by: null, at, answer: null, words: null }) : NONE;
  const way = (entered && said.length === 0 ? (playbook?.way ?? NONE) : ahead).filter(
    (step) => step.room === "centre",
  );
  if (way.length === 0) return null;
  const say = (one: Said) => {
    const all = [...said, one];
    setWaiting({ category, said: all });
    if (complete === null) return onLacking();
    onWriting(steps.mutateAsync(all).then(() => setWaiting({ category, said: [] })));
  };
  return (
    <section aria-label={t("playbook.title")}>
      <h2>{t("playbook.title")}</h2>
      {steps.error ? <Bar tone="warn">{refusal(steps.error)}</Bar> : null}
      {said.length > 0 && complete === null ? (
        <p className="quiet">{t("playbook.waits")}</p>
      ) : null}
      <StepList way={way} busy={steps.isPending} onDo={say} />
    </section>
  );
}
