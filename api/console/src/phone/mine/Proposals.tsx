import { useState } from "react";
import type { Proposal } from "../../api/contract";
import { act, put } from "../outbox/outbox";
import { useReading } from "../reading";
import { shown } from "../time";
import { both, inBoth, named, t } from "../words";

/** What is proposed about me, with what it rests on, and my word against it. */
export function Proposals({ of }: { of: string }) {
  const { value } = useReading(of, "/api/v1/merit/mine", { limit: 20 });
  if (!value || value.items.length === 0) return null;
  return (
    <section aria-label={t("phone.proposals")}>
      <h2>{t("phone.proposals")}</h2>
      {value.items.map((one) => (
        <article key={one.number} className="card" data-testid={`proposal-${one.number}`}>
          <h3>
            {one.points > 0 ? `+${one.points}` : one.points} {named("consequence", one.consequence)}
          </h3>
          <p>{both(one.sentence)}</p>
          <ul className="evidence">
            {one.evidence.slice(0, 10).map((entry) => (
              <li key={entry.seq}>
                {entry.issue > 0 ? `#${entry.issue} ` : ""}
                {named("entry", entry.kind)} <span className="quiet">{shown(entry.at)}</span>
              </li>
            ))}
          </ul>
          {one.decision ? (
            <p>
              {named("decision", one.decision.decision)} · {one.decision.reason}
            </p>
          ) : null}
          {one.objection.words ? (
            <p data-testid="objection">
              {t("phone.my_objection")} {one.objection.words}
              {one.objection.answer ? ` — ${one.objection.answer}` : ""}
            </p>
          ) : null}
          {one.may_object && !one.objection.words ? <Objecting of={of} proposal={one} /> : null}
        </article>
      ))}
    </section>
  );
}

function Objecting({ of, proposal }: { of: string; proposal: Proposal }) {
  const [words, setWords] = useState<string | null>(null);
  const [kept, setKept] = useState(false);
  if (kept) return <p className="bar">◷ {t("phone.objection_kept")}</p>;
  if (words === null) {
    return (
      <button type="button" className="big" onClick={() => setWords("")} data-testid={`object-${proposal.number}`}>
        {t("phone.object")} <span className="quiet">{t("phone.until", { time: shown(proposal.objection_until) })}</span>
      </button>
    );
  }
  const path = `/api/v1/merit/proposals/${proposal.number}/object`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void put(act(of, path, { words: words.trim() }, inBoth("phone.object"))).then(() => setKept(true));
      }}
    >
      <label>
        {t("phone.object_why")}
        <textarea rows={3} value={words} required maxLength={2000} onChange={(event) => setWords(event.target.value)} data-testid="object-words" />
      </label>
      <button type="submit" className="big primary" disabled={words.trim() === ""} data-testid="object-send">
        {t("phone.object_send")}
      </button>
    </form>
  );
}
