import { useState } from "react";
import { change } from "../api/client";
import type { Issue } from "../api/contract";
import type { Written } from "../api/routes";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { useChange, useVoices } from "./queries";

type Made = Written<"/api/v1/issues/{number}/link">;

/** What was said to the customer and by him; and a link by which he judges himself. */
export function Voices({ issue }: { issue: Issue }) {
  const me = useMe();
  const sees = may(me, "see_feedback");
  const { data } = useVoices(issue.number, sees);
  const [link, setLink] = useState<Made | null>(null);
  const make = useChange<Made>(setLink);
  if (!sees || !data) return null;
  const ended = issue.status === "handled" || issue.status === "closed";
  const empty = data.visits.length + data.verdicts.length + data.feedback.length === 0;
  if (empty && !ended) return null;
  return (
    <section className="report-card" data-testid="voices">
      <h3>{t("voices.title")}</h3>
      <ul>
        {data.visits.map((one) => (
          <li key={one.told_at}>
            <Moment at={one.told_at} seconds={false} /> {one.whom} {t(`told.${one.how}`)}
            {t("join.colon")}
            {one.words} {verdict(one.solved)}
          </li>
        ))}
        {data.verdicts
          .filter((one) => one.used_at)
          .map((one) => (
            <li key={one.made_at}>
              <Moment at={one.used_at ?? one.made_at} seconds={false} /> {t("voices.by_link")}
              {t("join.colon")}
              {verdict(one.solved)} {one.rating ? `${one.rating}/5` : ""} {one.words}
            </li>
          ))}
        {data.feedback.map((one) => (
          <li key={one.number}>
            {named("feedback", one.kind)}
            {t("join.colon")}
            {one.words}
          </li>
        ))}
      </ul>
      {make.error ? <Bar tone="warn">{refusal(make.error)}</Bar> : null}
      {link ? (
        <p>
          {t("voices.once")}{" "}
          <input
            className="field"
            readOnly
            value={`${location.origin}${link.path}`}
            onFocus={(event) => event.target.select()}
            aria-label={t("voices.link")}
            data-testid="verdict-link"
          />{" "}
          <ActButton
            words={t("voices.copy")}
            onClick={() => void navigator.clipboard.writeText(`${location.origin}${link.path}`)}
          />
        </p>
      ) : ended && may(me, "enter_feedback") ? (
        <ActButton
          words={t("voices.make")}
          onClick={() =>
            make.mutate(change("/api/v1/issues/{number}/link", issue.number, undefined))
          }
          busy={make.isPending}
          testId="make-link"
        />
      ) : null}
    </section>
  );
}

function verdict(solved: boolean | null): string {
  return solved === null ? "" : t(solved ? "told.yes" : "told.no");
}
