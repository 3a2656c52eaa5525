import type { PointerEvent } from "react";
import { useEffect, useRef, useState } from "react";
import type { components } from "../../api-types";
import * as box from "../outbox/box";
import { TAKE_BACK, act, put } from "../outbox/outbox";
import { cardPath } from "../useCounts";
import { inBoth, named, t } from "../words";
import { Brief } from "./Brief";

type Card = components["schemas"]["CardOut"];
type Word = components["schemas"]["FollowUpWord"];

const WORDS: readonly Word[] = ["still_open", "solved", "cannot_see"];
/** So far a thumb has to move before it means something. */
const FAR = 90;

/** Tonight's cards, one at a time: a tap or a swipe clears the day, and can be taken back. */
export function CardStack({ of, cards }: { of: string; cards: readonly Card[] }) {
  const [last, setLast] = useState<{ id: string; word: Word; issue: number } | null>(null);
  useEffect(() => {
    if (!last) return undefined;
    const gone = setTimeout(() => setLast(null), TAKE_BACK);
    return () => clearTimeout(gone);
  }, [last]);
  const card = cards[0];
  const say = (issue: number, word: Word) => {
    const item = act(of, cardPath(issue), { word, words: "" }, inBoth(`followed.${word}`), TAKE_BACK);
    setLast({ id: item.id, word, issue });
    void put(item);
  };
  return (
    <section aria-label={t("phone.cards")} data-testid="cards">
      {card || last ? (
        <h2>
          {t("phone.cards")} <b className="badge">{cards.length}</b>
        </h2>
      ) : null}
      {last ? (
        <p className="bar" role="status">
          #{last.issue} {named("followed", last.word)}{" "}
          <button type="button" className="link" onClick={() => void box.drop(last.id).then(() => setLast(null))} data-testid="take-back">
            {t("phone.take_back")}
          </button>
        </p>
      ) : null}
      {card ? <OneCard key={card.issue.number} card={card} onSay={(word) => say(card.issue.number, word)} /> : null}
    </section>
  );
}

function OneCard({ card, onSay }: { card: Card; onSay: (word: Word) => void }) {
  const from = useRef<{ x: number; y: number } | null>(null);
  const [moved, setMoved] = useState(0);
  const down = (event: PointerEvent) => {
    from.current = { x: event.clientX, y: event.clientY };
  };
  const move = (event: PointerEvent) => {
    if (!from.current) return;
    const [x, y] = [event.clientX - from.current.x, event.clientY - from.current.y];
    setMoved(Math.abs(x) > Math.abs(y) * 1.5 ? x : 0);
  };
  const up = () => {
    from.current = null;
    if (moved > FAR) onSay("solved");
    else if (moved < -FAR) onSay("still_open");
    setMoved(0);
  };
  const away = () => {
    from.current = null;
    setMoved(0);
  };
  return (
    <article
      className="card swipe"
      style={{ transform: `translateX(${moved}px)` }}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={away}
      onPointerLeave={away}
      data-testid={`card-${card.issue.number}`}
    >
      <p className="quiet" aria-hidden="true">
        ‹ {named("followed", "still_open")} · {named("followed", "solved")} ›
      </p>
      <Brief issue={card.issue} />
      <div className="acts">
        {WORDS.map((word) => (
          <button key={word} type="button" className="big" onClick={() => onSay(word)} data-testid={`${word}-${card.issue.number}`}>
            {named("followed", word)}
          </button>
        ))}
      </div>
    </article>
  );
}
