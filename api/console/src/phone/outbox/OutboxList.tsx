import { said } from "../refused";
import { shown, siteAt } from "../time";
import { both, named, t, where } from "../words";
import * as box from "./box";
import type { Sent } from "./item";

/** What this telephone sent and keeps, the last first, each with how far it came. */
export function OutboxList({ items, last }: { items: readonly Sent[]; last: number }) {
  const newest = items.toReversed().slice(0, last);
  if (newest.length === 0) return null;
  return (
    <section aria-label={t("phone.outbox")}>
      <h2>{t("phone.outbox")}</h2>
      <ul className="cards" data-testid="outbox">
        {newest.map((item) => (
          <li key={item.id} className={`sent ${item.state}`} data-state={item.state} data-testid="sent">
            <div>
              <b>{item.kind === "report" ? both(item.category) : both(item.label)}</b>{" "}
              {item.kind === "report" ? where(item.place) : null}
              {item.kind === "report" && item.issue ? ` #${item.issue}` : null}
              <span className="quiet"> {shown(siteAt(item.written))}</span>
            </div>
            <p>{state(item)}</p>
            {item.state === "refused" ? (
              <button type="button" onClick={() => void box.drop(item.id)}>
                {t("phone.drop")}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function state(item: Sent): string {
  const problem = item.problem ? said(item.problem.code, item.problem.detail) : "";
  if (item.state === "refused") return `✕ ${t("phone.refused")} ${problem}`;
  if (item.state === "told") return `◷ ${t("phone.told")}`;
  if (item.state === "kept") return `◷ ${t("phone.kept")}`;
  if (item.kind === "act") return `✓ ${t("phone.delivered")}`;
  const more = [
    problem && `${t("phone.picture_refused")} ${problem}`,
    item.deskEnds && `${t("phone.desk_ends")} ${named("error", item.deskEnds)}`,
  ].filter(Boolean);
  const counted = item.how !== null ? t("phone.delivered_spot") : t("phone.delivered");
  return [`✓ ${counted}`, ...more].join(" · ");
}
