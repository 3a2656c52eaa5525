import { Button } from "antd";
import type { FormEvent } from "react";
import { useState } from "react";
import type { Plan } from "../api/contract";
import { usePlanChange } from "../api/plans";
import { go } from "../app/route";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";

interface DrawFormProps {
  /** Given: this plan gets another drawing, and devices keep their spots. */
  plan?: Plan;
  onDone: () => void;
}

/** Upload a drawing; what is refused says why. */
export function DrawForm({ plan, onDone }: DrawFormProps) {
  const change = usePlanChange();
  const [code, setCode] = useState(plan?.code ?? "");
  const [name, setName] = useState(plan?.name ?? "");
  const [file, setFile] = useState<File | null>(null);
  const ready = file !== null && /^[\w.-]{1,64}$/.test(code) && name.trim() !== "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    change.mutate(
      { what: "draw", code, name: name.trim(), file },
      {
        onSuccess: () => {
          go(`/plans/${code}`);
          onDone();
        },
      },
    );
  };
  return (
    <form className="draw-form" onSubmit={send}>
      {plan ? null : (
        <>
          <label>
            {t("plans.code")}
            <input
              className="field"
              value={code}
              onChange={(event) => setCode(event.target.value)}
              data-testid="draw-code"
            />
          </label>
          <label>
            {t("plans.name")}
            <input
              className="field"
              value={name}
              onChange={(event) => setName(event.target.value)}
              data-testid="draw-name"
            />
          </label>
        </>
      )}
      <label>
        {t("plans.file")}
        <input
          type="file"
          accept=".svg,image/svg+xml,image/jpeg,image/png,image/webp"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          data-testid="draw-file"
        />
      </label>
      <Button htmlType="submit" disabled={!ready} loading={change.isPending} data-testid="draw-send">
        {t(plan ? "plans.replace" : "plans.upload")}
      </Button>
      {change.error ? (
        <Bar tone="warn" testId="draw-refused">
          {refusal(change.error)}
        </Bar>
      ) : null}
    </form>
  );
}
