import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import type { Decision, Proposal } from "../api/contract";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { named, t } from "../words/words";

interface DecisionFormProps {
  proposal: Proposal;
  /** All that wait by the same rule: they may be approved together. */
  alike: readonly Proposal[];
}

/** Approve, change, refuse: one key, a reason, and the next one. */
export function DecisionForm({ proposal, alike }: DecisionFormProps) {
  const me = useMe();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Decision | "all" | null>(null);
  const [points, setPoints] = useState(String(proposal.points));
  const ready = may(me, "decide_merit") && proposal.may_decide;
  const together = alike.filter((one) => one.may_decide && one.flags.length === 0).slice(0, 100);
  const done = { onSettled: () => client.invalidateQueries({ queryKey: ["merit"] }) };
  const decide = useMutation({
    mutationFn: ({ decision, reason }: { decision: Decision | "all"; reason: string }) =>
      send(
        change("/api/v1/merit/decisions", undefined, {
          items: (decision === "all" ? together : [proposal]).map((one) => ({
            proposal: one.number,
            decision: decision === "all" ? "approved" : decision,
            reason,
            points: decision === "changed" ? Number(points) : null,
          })),
        }),
      ),
    onSuccess: () => setAsked(null),
    ...done,
  });
  const answer = useMutation({
    mutationFn: (words: string) =>
      send(change("/api/v1/merit/proposals/{number}/answer", proposal.number, { words })),
    ...done,
  });
  const ask = (decision: Decision) => ready && setAsked(decision);
  useActs([
    { id: "approve", words: t("decision.approve"), keys: ["a"], run: () => ask("approved") },
    { id: "change", words: t("decision.change"), keys: ["c"], run: () => ask("changed") },
    { id: "refuse", words: t("decision.refuse"), keys: ["x"], run: () => ask("refused") },
  ]);
  const problems = decide.data?.items.filter((one) => one.problem) ?? [];
  const problem = decide.error ?? answer.error;
  if (!may(me, "decide_merit")) return null;
  return (
    <>
      {problem ? <Bar tone="warn">{refusal(problem)}</Bar> : null}
      {problems.map((one) => (
        <Bar key={one.proposal} tone="warn">
          #{one.proposal} {one.problem ? named("error", one.problem.error) : ""}
        </Bar>
      ))}
      {proposal.may_answer && may(me, "decide_merit") ? (
        <ReasonForm
          title={t("merit.answer")}
          label={t("merit.answer_words")}
          busy={answer.isPending}
          onSubmit={(words) => answer.mutate(words)}
        />
      ) : null}
      {ready ? (
        <div className="acts">
          <ActButton letter="A" words={t("decision.approve")} primary onClick={() => ask("approved")} testId="approve" />
          <ActButton letter="C" words={t("decision.change")} onClick={() => ask("changed")} testId="change" />
          <ActButton letter="X" words={t("decision.refuse")} onClick={() => ask("refused")} testId="refuse" />
          {together.length > 1 ? (
            <ActButton
              words={t("merit.all_alike", { n: together.length })}
              onClick={() => setAsked("all")}
              testId="approve-all"
            />
          ) : null}
        </div>
      ) : null}
      {asked ? (
        <ReasonForm
          title={asked === "all" ? t("merit.all_alike", { n: together.length }) : named("decision", asked)}
          label={t("merit.reason")}
          busy={decide.isPending}
          ready={asked !== "changed" || /^-?\d{1,4}$/.test(points)}
          onSubmit={(reason) => decide.mutate({ decision: asked, reason })}
        >
          {asked === "changed" ? (
            <label>
              {t("merit.points")}
              <input
                className="field"
                inputMode="numeric"
                value={points}
                onChange={(event) => setPoints(event.target.value)}
                data-testid="points"
              />
            </label>
          ) : null}
        </ReasonForm>
      ) : null}
    </>
  );
}
