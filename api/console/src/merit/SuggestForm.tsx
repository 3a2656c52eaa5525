import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, read, send } from "../api/client";
import type { Consequence } from "../api/contract";
import { usePeople } from "../api/queries";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { CONSEQUENCES } from "./consequences";

/** A proposal that no rule made (五.2): about whom, what, and the entries that speak for it. */
export function SuggestForm() {
  const client = useQueryClient();
  const people = usePeople();
  const [who, setWho] = useState<string | null>(null);
  const [points, setPoints] = useState("");
  const [consequence, setConsequence] = useState<Consequence>("points");
  const [issue, setIssue] = useState("");
  const [evidence, setEvidence] = useState<readonly number[]>([]);
  const units = new Map((people.data ?? []).map((one) => [one.unit.code, one.unit.name]));
  const suggest = useMutation({
    mutationFn: (words: string) =>
      send(
        change("/api/v1/merit/proposals", undefined, {
          person: who?.startsWith("p ") ? who.slice(2) : null,
          unit: who?.startsWith("u ") ? who.slice(2) : null,
          points: Number(points),
          consequence,
          words,
          evidence: evidence.map((seq) => ({ issue: Number(issue), seq })),
        }),
      ),
    onSuccess: () => setEvidence([]),
    onSettled: () => client.invalidateQueries({ queryKey: ["merit"] }),
  });
  return (
    <>
      {suggest.error ? (
        <Bar tone="warn" testId="refusal">
          {refusal(suggest.error)}
        </Bar>
      ) : null}
      {suggest.data ? (
        <Bar testId="suggest-done">{t("suggest.done", { number: suggest.data.number })}</Bar>
      ) : null}
      <ReasonForm
        title={t("suggest.title")}
        note={t("suggest.note")}
        label={t("suggest.words")}
        busy={suggest.isPending}
        ready={who !== null && /^-?\d{1,4}$/.test(points) && evidence.length > 0}
        onSubmit={(words) => suggest.mutate(words)}
      >
        <label>{t("merit.who")}</label>
        <Choice
          options={[
            ...(people.data ?? []).map((one) => ({
              value: `p ${one.code}`,
              label: one.name,
              detail: one.unit.name,
              names: [one.code],
            })),
            ...[...units].map(([code, name]) => ({ value: `u ${code}`, label: name })),
          ]}
          value={who}
          onPick={setWho}
          label={t("merit.who")}
          testId="suggest-who"
          required
        />
        <label>
          {t("suggest.points")}
          <input
            className="field"
            inputMode="numeric"
            value={points}
            onChange={(event) => setPoints(event.target.value)}
            data-field
            data-testid="suggest-points"
          />
        </label>
        <label>
          {t("suggest.consequence")}
          <select
            className="field"
            value={consequence}
            onChange={(event) => setConsequence(event.target.value as Consequence)}
            data-testid="suggest-consequence"
          >
            {CONSEQUENCES.map((one) => (
              <option key={one} value={one}>
                {named("consequence", one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("suggest.issue")}
          <input
            className="field"
            inputMode="numeric"
            value={issue}
            onChange={(event) => {
              setIssue(event.target.value.trim());
              setEvidence([]);
            }}
            data-field
            data-testid="suggest-issue"
          />
        </label>
        {/^[1-9]\d{0,8}$/.test(issue) ? (
          <Evidence key={issue} issue={Number(issue)} ticked={evidence} onTick={setEvidence} />
        ) : null}
      </ReasonForm>
    </>
  );
}

interface EvidenceProps {
  issue: number;
  ticked: readonly number[];
  onTick: (seqs: readonly number[]) => void;
}

/** The issue's journal, each line to be ticked: what a proposal rests on is named, not told. */
function Evidence({ issue, ticked, onTick }: EvidenceProps) {
  const { data, error } = useQuery({
    queryKey: ["journal", issue],
    queryFn: () => read("/api/v1/issues/{number}/journal", undefined, issue),
    retry: false,
  });
  if (error) return <Bar tone="warn">{refusal(error, "read")}</Bar>;
  return (
    <fieldset className="suggest-evidence">
      <legend>{t("suggest.evidence", { count: ticked.length })}</legend>
      {(data?.items ?? []).map((one) => (
        <label key={one.seq} className="check">
          <input
            type="checkbox"
            checked={ticked.includes(one.seq)}
            onChange={(event) =>
              onTick(
                event.target.checked
                  ? [...ticked, one.seq]
                  : ticked.filter((seq) => seq !== one.seq),
              )
            }
            data-testid={`evidence-${one.kind}`}
          />
          {named("entry", one.kind)} <Moment at={one.at} seconds={false} />
          <span className="quiet">{one.by?.name ?? ""}</span>
        </label>
      ))}
    </fieldset>
  );
}
