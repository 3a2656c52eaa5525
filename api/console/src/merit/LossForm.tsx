import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import { usePeople } from "../api/queries";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";

/** A loss saved or caused, by whom and how much; a rule proposes what follows. */
export function LossForm() {
  const client = useQueryClient();
  const people = usePeople();
  const [saved, setSaved] = useState(true);
  const [who, setWho] = useState<string | null>(null);
  const [amount, setAmount] = useState("");
  const [issue, setIssue] = useState("");
  const cents = Math.round(Number(amount) * 100);
  const units = new Map(
    (people.data ?? [])
      .filter((one) => one.unit.kind === "subcontractor")
      .map((one) => [one.unit.code, one.unit.name]),
  );
  const options = [
    ...(people.data ?? []).map((one) => ({ value: `p ${one.code}`, label: one.name })),
    ...[...units].map(([code, name]) => ({ value: `u ${code}`, label: name })),
  ];
  const record = useMutation({
    mutationFn: (words: string) =>
      send(
        change("/api/v1/merit/losses", undefined, {
          saved,
          amount: cents,
          words,
          person: who?.startsWith("p ") ? who.slice(2) : null,
          unit: who?.startsWith("u ") ? who.slice(2) : null,
          issue: issue ? Number(issue) : null,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["merit"] }),
  });
  return (
    <>
      {record.error ? <Bar tone="warn">{refusal(record.error)}</Bar> : null}
      {record.isSuccess ? <Bar>{t("merit.loss_done")}</Bar> : null}
      <ReasonForm
        title={t("merit.loss")}
        label={t("merit.loss_words")}
        busy={record.isPending}
        ready={who !== null && cents > 0 && /^\d*$/.test(issue)}
        onSubmit={(words) => record.mutate(words)}
      >
        <div className="acts" role="group" aria-label={t("merit.loss")}>
          {[true, false].map((one) => (
            <button
              key={String(one)}
              type="button"
              className="plain"
              aria-pressed={one === saved}
              onClick={() => setSaved(one)}
              data-testid={one ? "saved" : "caused"}
            >
              {t(one ? "merit.loss_saved" : "merit.loss_caused")}
            </button>
          ))}
        </div>
        <Choice
          options={options}
          value={who}
          onPick={setWho}
          label={t("merit.who")}
          placeholder={t("merit.who")}
          testId="loss-who"
        />
        <label>
          {t("merit.amount")}
          <input
            className="field"
            inputMode="decimal"
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
            data-testid="amount"
          />
        </label>
        <label>
          {t("merit.loss_issue")}
          <input
            className="field"
            inputMode="numeric"
            value={issue}
            onChange={(event) => setIssue(event.target.value)}
            data-testid="loss-issue"
          />
        </label>
      </ReasonForm>
    </>
  );
}
