import { useMissed, useOverdueCopies, useSaidSolved } from "../api/duties";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";
import { Alerts } from "./Alerts";
import { Cards, MissedList, SaidSolved } from "./Cards";
import { Copies, CopyRow } from "./Copies";

/** What waits for me: alerts first, then the day's cards, copies, and what others have missed. */
export default function DutiesPage() {
  const me = useMe();
  const sees = may(me, "see_missed");
  const closes = may(me, "close");
  const { data: missed } = useMissed(sees);
  const { data: overdue } = useOverdueCopies(sees);
  const { data: solved } = useSaidSolved(closes);
  return (
    <main className="page" data-testid="duties">
      <Alerts />
      <Copies />
      <Cards />
      <SaidSolved cards={solved?.items ?? []} />
      {overdue && overdue.items.length > 0 ? (
        <section aria-label={t("duties.overdue")} data-testid="overdue">
          <h2>{t("duties.overdue")}</h2>
          <ul className="notices">
            {overdue.items.map((copy) => (
              <CopyRow key={`${copy.issue.number}-${copy.person.code}`} copy={copy} />
            ))}
          </ul>
        </section>
      ) : null}
      {missed && missed.items.length > 0 ? (
        <section aria-label={t("duties.missed_by_all")} data-testid="missed-by-all">
          <h2>{t("duties.missed_by_all")}</h2>
          <MissedList cards={missed.items} who />
        </section>
      ) : null}
    </main>
  );
}
