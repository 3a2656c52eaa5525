import { useState } from "react";
import { siteNow } from "../time/clock";
import { day } from "../time/format";
import { t } from "../words/words";
import { PromiseLine } from "./PromiseLine";
import type { Promised } from "./queries";
import { useOwed } from "./queries";
import "./promises.css";

/** What the desk owes: overdue first, then today; what falls due later on demand. */
export function Owed({ onSelect }: { onSelect: (issue: number) => void }) {
  const { data, hasNextPage, fetchNextPage } = useOwed();
  const [all, setAll] = useState(false);
  const items = (data?.pages ?? []).flatMap((page) => page.items);
  if (items.length === 0) return null;
  const { over, today, later } = parted(items);
  const shown = all ? items : [...over, ...today];
  return (
    <section className="owed" aria-label={t("promise.owed_list")} data-testid="promises-owed">
      <h2>
        {t("promise.owed", { over: over.length, today: today.length, later: later.length })}
      </h2>
      <ul>
        {shown.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="link"
              onClick={() => onSelect(one.issue)}
              data-testid={`owed-${one.id}`}
            >
              #{one.issue}
            </button>{" "}
            <PromiseLine promise={one} /> <span className="quiet">{one.phone}</span>
          </li>
        ))}
      </ul>
      {later.length > 0 ? (
        <button type="button" className="link" onClick={() => setAll(!all)}>
          {all ? t("promise.fewer") : t("promise.more", { count: later.length })}
        </button>
      ) : null}
      {hasNextPage && all ? (
        <button type="button" className="link" onClick={() => void fetchNextPage()}>
          {t("list.more")}
        </button>
      ) : null}
    </section>
  );
}

function parted(items: readonly Promised[]) {
  const now = siteNow();
  const of = (one: Promised) => {
    const due = Date.parse(one.due_at);
    return due <= now ? "over" : day(due) === day(now) ? "today" : "later";
  };
  const which = (name: string) => items.filter((one) => of(one) === name);
  return { over: which("over"), today: which("today"), later: which("later") };
}
