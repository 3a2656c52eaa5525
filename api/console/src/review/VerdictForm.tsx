import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import type { Review, Verdict } from "../api/contract";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { named, t } from "../words/words";

const VERDICTS: readonly (readonly [Verdict, string])[] = [
  ["handled", "1"],
  ["not_handled", "2"],
  ["cannot_tell", "3"],
];

interface VerdictFormProps {
  review: Review;
  onDone: () => void;
}

/** What the recordings show, and why one thinks so. */
export function VerdictForm({ review, onDone }: VerdictFormProps) {
  const client = useQueryClient();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const act = useMutation({
    mutationFn: (body: { verdict: Verdict; reason: string }) =>
      send(change("/api/v1/reviews/{number}", review.issue, body)),
    onSuccess: onDone,
    onSettled: () => {
      for (const name of ["reviews", "issues"]) {
        void client.invalidateQueries({ queryKey: [name] });
      }
      for (const name of ["issue", "journal"]) {
        void client.invalidateQueries({ queryKey: [name, review.issue] });
      }
    },
  });
  useActs([
    ...(review.may_decide
      ? VERDICTS.map(([one, letter]) => ({
          id: `verdict-${one}`,
          words: named("verdict", one),
          keys: [letter],
          run: () => setVerdict(one),
        }))
      : []),
    ...(verdict
      ? [
          {
            id: "verdict-back",
            words: t("act.back"),
            keys: ["Escape"],
            everywhere: true,
            keyOnly: true,
            run: () => setVerdict(null),
          },
        ]
      : []),
  ]);
  if (!review.may_decide) return <Bar tone="warn">{t("review.own")}</Bar>;
  return (
    <section className="verdict" aria-label={t("review.verdict")}>
      <h2>{t("review.verdict")}</h2>
      <div className="acts">
        {VERDICTS.map(([one, letter]) => (
          <ActButton
            key={one}
            letter={letter}
            words={named("verdict", one)}
            onClick={() => setVerdict(one)}
            primary={verdict === one}
            testId={`verdict-${one}`}
          />
        ))}
      </div>
      {verdict ? (
        <ReasonForm
          key={verdict}
          title={named("verdict", verdict)}
          {...(verdict === "not_handled" ? { note: t("review.reopens") } : {})}
          label={t("review.reason")}
          busy={act.isPending}
          onSubmit={(reason) => act.mutate({ verdict, reason })}
        />
      ) : null}
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
    </section>
  );
}
