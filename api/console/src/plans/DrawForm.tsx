import { Button } from "antd";
import type { FormEvent } from "react";
import { useState } from "react";
import type { Plan } from "../api/contract";
import { Bar } from "../parts/Bar";
import { FileField } from "../parts/FileField";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";
import { PlanNames } from "./PlanNames";
import { usePlanDraw } from "./usePlanDraw";

interface DrawFormProps {
  /** Given: this plan gets another drawing, and devices keep their spots. */
  plan?: Plan;
  onDone: () => void;
}

/** Upload a drawing; what is refused says why. */
export function DrawForm({ plan, onDone }: DrawFormProps) {
  const drawn = usePlanDraw(plan, onDone);
  const [file, setFile] = useState<File | null>(null);
  const ready = file !== null && drawn.named;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (file && ready) drawn.draw(file);
  };
  return (
    <form className="draw-form" onSubmit={send}>
      {plan ? null : <PlanNames drawn={drawn} id="draw" />}
      <FileField
        label={t("plans.file")}
        accept=".svg,image/svg+xml,image/jpeg,image/png,image/webp"
        onPick={setFile}
        testId="draw-file"
      />
      <Button htmlType="submit" disabled={!ready} loading={drawn.busy} data-testid="draw-send">
        {t(plan ? "plans.replace" : "plans.upload")}
      </Button>
      {drawn.problem ? (
        <Bar tone="warn" testId="draw-refused">
          {refusal(drawn.problem)}
        </Bar>
      ) : null}
    </form>
  );
}
