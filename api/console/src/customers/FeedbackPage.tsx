import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { change, read } from "../api/client";
import { usePeople } from "../api/queries";
import type { Answer } from "../api/routes";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { personOptions } from "../telling/options";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { useChange } from "./queries";

type Line = Answer<"/api/v1/feedback">["items"][number];
const KINDS = ["praise", "complaint", "grievance"] as const;

/** Praise, complaints and grievances: three things, each tied to whom it is about (五.2). */
export default function FeedbackPage() {
  const [kind, setKind] = useState<(typeof KINDS)[number]>("complaint");
  const [entering, setEntering] = useState(false);
  const [answering, setAnswering] = useState<number | null>(null);
  const { data, error } = useQuery({
    queryKey: ["feedback"],
    queryFn: () => read("/api/v1/feedback", { limit: 200 }),
  });
  const { data: people } = usePeople();
  const [person, setPerson] = useState<string | null>(null);
  const [issue, setIssue] = useState("");
  const act = useChange<Line>(() => {
    setEntering(false);
    setAnswering(null);
    setIssue("");
    setPerson(null);
  });
  return (
    <main className="page" data-testid="feedback-page">
      <h2>{t("feedback.title")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
      {entering ? (
        <ReasonForm
          title={t("feedback.enter")}
          label={t("feedback.words")}
          busy={act.isPending}
          ready={issue === "" || /^\d{1,9}$/.test(issue)}
          onSubmit={(words) =>
            act.mutate(
              change("/api/v1/feedback", undefined, {
                kind,
                words,
                ...(person ? { person } : {}),
                ...(issue ? { issue: Number(issue) } : {}),
              }),
            )
          }
        >
          <label>{t("feedback.kind")}</label>
          <Choice
            label={t("feedback.kind")}
            options={KINDS.map((value) => ({ value, label: named("feedback", value) }))}
            value={kind}
            onPick={(value) => setKind(value as typeof kind)}
            testId="feedback-kind"
          />
          <label>{t("feedback.person")}</label>
          <Choice
            label={t("feedback.person")}
            options={personOptions((people ?? []).filter((one) => one.active))}
            value={person}
            onPick={setPerson}
            testId="feedback-person"
          />
          <label>
            {t("feedback.issue")}
            <input
              className="field"
              inputMode="numeric"
              value={issue}
              onChange={(event) => setIssue(event.target.value)}
              data-field
              data-testid="feedback-issue"
            />
          </label>
        </ReasonForm>
      ) : (
        <ActButton
          words={t("feedback.enter")}
          onClick={() => setEntering(true)}
          primary
          testId="feedback-enter"
        />
      )}
      {data?.items.length === 0 ? <Why words={t("feedback.none")} /> : null}
      <ul className="notices">
        {data?.items.map((one) => (
          <li key={one.number} className="notice" data-testid={`feedback-${one.number}`}>
            <div>
              <b>{named("feedback", one.kind)}</b> <Moment at={one.given_at} seconds={false} />{" "}
              {one.person?.name ?? one.unit_name ?? ""} {one.name ?? one.customer ?? ""}{" "}
              {one.issue ? <Link to={`/issues/${one.issue}`}>#{one.issue}</Link> : null}
              <p>{one.words}</p>
              {one.answer ? (
                <p className="quiet">
                  {t("feedback.answered")}
                  {t("join.colon")}
                  {one.answer}
                </p>
              ) : null}
              {one.late ? <span className="tag tag-danger">▲ {t("feedback.late")}</span> : null}
              {answering === one.number ? (
                <ReasonForm
                  title={t("feedback.answer")}
                  label={t("feedback.answer_words")}
                  busy={act.isPending}
                  onSubmit={(words) =>
                    act.mutate(
                      change("/api/v1/feedback/{number}/answer", one.number, {
                        how: "telephone",
                        words,
                      }),
                    )
                  }
                />
              ) : null}
            </div>
            {one.due_at && !one.answered_at && answering !== one.number ? (
              <span>
                {t("feedback.due")} <Moment at={one.due_at} seconds={false} />{" "}
                <ActButton
                  words={t("feedback.answer")}
                  onClick={() => setAnswering(one.number)}
                  testId={`answer-${one.number}`}
                />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </main>
  );
}
