import { useMemo } from "react";
import { useCategories, useJournal, usePeople, usePlaces } from "../api/queries";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { pathOf } from "../queue/title";
import { useNow } from "../time/clock";
import { moment } from "../time/format";
import { t, useLanguage } from "../words/words";
import { factsOf, headOf } from "./entry-words";
import type { Known } from "./entry-words";

/** Everything that happened (流水), in order; nothing of it can change. */
export function Journal({ number }: { number: number }) {
  const { data, error } = useJournal(number);
  const known = useKnown();
  const now = useNow();
  return (
    <section className="journal" aria-label={t("journal.title")}>
      <h2>{t("journal.title")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      <ol>
        {(data?.items ?? []).map((entry) => (
          <li
            key={entry.ordinal}
            data-testid={`journal-entry-${entry.ordinal}`}
            data-kind={entry.kind}
          >
            <time dateTime={entry.at}>{moment(Date.parse(entry.at), now)}</time>
            <div>
              <b>{headOf(entry)}</b>{" "}
              <span className="quiet">{entry.by?.name ?? t("journal.by_system")}</span>
              <dl className="entry-facts">
                {factsOf(entry, known).map(([name, words]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{words}</dd>
                  </div>
                ))}
              </dl>
            </div>
            <code className="entry-hash" title={t("journal.hash", { hash: entry.hash })}>
              {entry.hash.slice(0, 8)}
            </code>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Names for the codes in the journal, as far as this session may see them. */
function useKnown(): Known {
  const me = useMe();
  const language = useLanguage();
  const { data: people } = usePeople(may(me, "see_people"));
  const { data: places } = usePlaces();
  const { data: categories } = useCategories();
  return useMemo(
    () => ({
      people: new Map((people ?? []).map((one) => [one.code, one.name])),
      places: new Map((places ?? []).map((one) => [one.code, pathOf(one.path)])),
      categories: new Map(
        (categories ?? []).map((one) => [one.code, language === "zh" ? one.zh : one.en]),
      ),
    }),
    [people, places, categories, language],
  );
}
