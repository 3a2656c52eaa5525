import { Skeleton } from "antd";
import { useMissed } from "../api/duties";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { both, t } from "../words/words";
import type { OfPerson } from "./missed";
import { byUnit } from "./missed";

/** Days without a word from whoever is answerable, by unit and person; they stay (五.1(3)①). */
export function Missed() {
  const { data, error, isPending } = useMissed(true);
  const units = byUnit(data?.items ?? []);
  return (
    <section className="card" aria-label={t("today.missed")} data-testid="missed-by-unit">
      <h2>
        {t("today.missed")}{" "}
        {data?.next_cursor ? <span className="quiet">{t("today.missed_last")}</span> : null}
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data && units.length === 0 ? <Why words={t("today.missed_none")} /> : null}
      {units.map((unit) => (
        <div key={unit.code}>
          <h3>
            {unit.name}{" "}
            <span className="tag tag-danger">✕ {t("today.days", { n: unit.days })}</span>
          </h3>
          {unit.people.map((person) => (
            <Person key={person.code} person={person} />
          ))}
        </div>
      ))}
    </section>
  );
}

function Person({ person }: { person: OfPerson }) {
  return (
    <details data-testid={`missed-${person.code}`}>
      <summary>
        {person.name} <b>{person.cards.length}</b>
      </summary>
      <ul>
        {person.cards.map((card) => (
          <li key={`${card.issue.number}-${card.on}`}>
            {card.on} <Link to={`/issues/${card.issue.number}`}>#{card.issue.number}</Link>{" "}
            {both(card.issue.category)}{" "}
            {card.never_asked ? <span className="quiet">{t("duties.never_asked")}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}
