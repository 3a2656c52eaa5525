import { useIssuePlaybook, usePlaybooks } from "../api/duties";
import type { Report, WayStep } from "../api/contract";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";
import { StepList } from "./StepList";
import { beginning } from "./steps";
import { useSteps } from "./useSteps";

interface WorkStepsProps {
  report: Report;
  /** The category as it stands in the form, entered or not. */
  category: string | null;
  /** Enter who, where and what first: the steps belong to the category. Null: something lacks. */
  complete: (() => Promise<unknown>) | null;
  onLacking: () => void;
}

const NONE: readonly WayStep[] = [];

/** The operator's steps beside the form (五.1(2)): the first answer enters the form as well. */
export function WorkSteps({ report, category, complete, onLacking }: WorkStepsProps) {
  const entered = report.completed && report.category?.code === category;
  const { data: playbook } = useIssuePlaybook(entered ? report.issue : null);
  const { data: playbooks } = usePlaybooks();
  const steps = useSteps(report.issue, complete ?? undefined);
  const known = playbooks?.items.find((one) => one.category.code === category);
  const way = entered ? (playbook?.way ?? NONE) : known ? beginning(known) : NONE;
  const centre = way.filter((step) => step.room === "centre");
  if (centre.length === 0) return null;
  return (
    <section aria-label={t("playbook.title")}>
      <h2>{t("playbook.title")}</h2>
      {steps.error ? <Bar tone="warn">{refusal(steps.error)}</Bar> : null}
      <StepList
        way={centre}
        busy={steps.isPending}
        onDo={(said) => (complete ? steps.mutate(said) : onLacking())}
      />
    </section>
  );
}
