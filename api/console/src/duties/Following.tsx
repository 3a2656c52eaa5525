import { useFollowing } from "../api/duties";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";

/** On the page: who was alerted, who has a copy, and each day's check; a missed day is red. */
export function Following({ number }: { number: number }) {
  const { data } = useFollowing(number);
  if (!data || data.cards.length + data.alerts.length + data.copies.length === 0) return null;
  return (
    <section aria-label={t("following.title")} data-testid="following">
      <h2>{t("following.title")}</h2>
      <ul className="relays">
        {data.alerts.map((alert) => (
          <li key={`alert-${alert.id}`}>
            <span>
              {t("following.alerted")} <b>{alert.person.name}</b>{" "}
              <span className="quiet">{named("role", alert.post)}</span>
            </span>
            <span className={alert.state === "unanswered" ? "tag tag-danger" : "tag"}>
              {named("alert", alert.state)}
            </span>
            <span className="quiet">
              <Moment at={alert.answered_at ?? alert.asked_at} />
            </span>
          </li>
        ))}
        {data.copies.map((copy) => (
          <li key={`copy-${copy.person.code}`}>
            <span>
              {t("following.copied")} <b>{copy.person.name}</b>{" "}
              <span className="quiet">{copy.unit.name}</span>
            </span>
            <span className={copy.overdue_at ? "tag tag-danger" : "tag"}>
              {t(
                copy.acknowledged_at
                  ? "copy.acknowledged"
                  : copy.overdue_at
                    ? "copy.overdue"
                    : copy.read_at
                      ? "copy.read"
                      : "copy.sent",
              )}
            </span>
            <span className="quiet">
              <Moment at={copy.acknowledged_at ?? copy.read_at ?? copy.sent_at} />
            </span>
          </li>
        ))}
        {data.cards.map((card) => (
          <li key={`card-${card.on}`} data-testid={`day-${card.on}`}>
            <span>
              {card.on} <b>{card.of.name}</b>
            </span>
            <span className={card.state === "missed" ? "tag tag-danger" : "tag"}>
              {card.state === "missed" ? "✕ " : ""}
              {named("card", card.state)}
            </span>
            <span className="quiet">
              {card.never_asked ? t("duties.never_asked") : card.words}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
