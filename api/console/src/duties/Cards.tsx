import { useState } from "react";
import { change } from "../api/client";
import { useFollowUps } from "../api/duties";
import type { Card, FollowUpWord } from "../api/contract";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { Brief } from "./Brief";
import { useDuty } from "./useDuty";

const WORDS: readonly (readonly [FollowUpWord, string])[] = [
  ["still_open", "1"],
  ["solved", "2"],
  ["cannot_see", "3"],
];

/** One card for each open issue, one tap clears the day; what was missed stays red (五.1(3)①). */
export function Cards() {
  const { data } = useFollowUps();
  const duty = useDuty();
  const [words, setWords] = useState("");
  const cards = data?.cards ?? [];
  const first = cards[0];
  const say = (card: Card, word: FollowUpWord) =>
    duty.mutate(
      change("/api/v1/followups/{number}", card.issue.number, {
        word,
        words: card === first ? words.trim() : "",
      }),
      { onSuccess: () => setWords("") },
    );
  useActs(
    first
      ? WORDS.map(([word, letter]) => ({
          id: `follow-${word}`,
          words: named("followed", word),
          keys: [letter],
          run: () => say(first, word),
        }))
      : [],
  );
  if (!data) return null;
  return (
    <section aria-label={t("duties.cards")} data-testid="cards">
      <h2>
        {t("duties.cards")} <span className="count">{cards.length}</span>
      </h2>
      {duty.error ? <Bar tone="warn">{refusal(duty.error)}</Bar> : null}
      {first ? null : <Why words={t("duties.no_cards")} />}
      <ul className="notices">
        {cards.map((card) => (
          <li key={card.issue.number} className="notice" data-testid={`card-${card.issue.number}`}>
            <div>
              <Brief issue={card.issue} />
              {card === first ? (
                <input
                  className="field"
                  value={words}
                  placeholder={t("duties.words")}
                  aria-label={t("duties.words")}
                  onChange={(event) => setWords(event.target.value)}
                  data-testid="card-words"
                />
              ) : null}
            </div>
            <div className="acts">
              {WORDS.map(([word, letter]) => (
                <ActButton
                  key={word}
                  {...(card === first ? { letter } : {})}
                  words={named("followed", word)}
                  onClick={() => say(card, word)}
                  busy={duty.isPending}
                  testId={`${word}-${card.issue.number}`}
                />
              ))}
            </div>
          </li>
        ))}
      </ul>
      <p>
        {t("duties.on_the_spot", { count: data.on_the_spot })}
        {data.missed_days > 0 ? (
          <span className="tag tag-danger" data-testid="missed-days">
            ✕ {t("duties.missed_days", { count: data.missed_days })}
          </span>
        ) : null}
      </p>
      <MissedList cards={data.missed} />
    </section>
  );
}

/** Days without a word: they stay, and say so when nobody was there to ask. */
export function MissedList({ cards, who = false }: { cards: readonly Card[]; who?: boolean }) {
  if (cards.length === 0) return null;
  return (
    <ul className="notices" data-testid="missed">
      {cards.map((card) => (
        <li key={`${card.issue.number}-${card.on}`} className="notice">
          <div>
            <span className="tag tag-danger">✕ {named("card", "missed")}</span> {card.on}{" "}
            {who ? <b>{card.of.name} </b> : null}
            {card.never_asked ? <span className="quiet">{t("duties.never_asked")}</span> : null}
            <Brief issue={card.issue} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What owners call solved: the desk looks, and closes it. */
export function SaidSolved({ cards }: { cards: readonly Card[] }) {
  if (cards.length === 0) return null;
  return (
    <section aria-label={t("duties.said_solved")} data-testid="said-solved">
      <h2>
        {t("duties.said_solved")} <span className="count">{cards.length}</span>
      </h2>
      <p className="quiet">{t("duties.said_solved_note")}</p>
      <ul className="notices">
        {cards.map((card) => (
          <li key={card.issue.number} className="notice">
            <div>
              <Brief issue={card.issue} />
              <p className="quiet">
                {card.of.name} {card.answered_at ? <Moment at={card.answered_at} /> : null}{" "}
                {card.words}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
