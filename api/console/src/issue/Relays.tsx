import type { Relay } from "../api/contract";
import { useNow } from "../time/clock";
import { age, moment } from "../time/format";
import { named, t } from "../words/words";

/** Who passed it on to whom, when, and what each hop cost (五.1(1)). */
export function Relays({ relays }: { relays: readonly Relay[] }) {
  const now = useNow();
  const total = relays.reduce((sum, relay) => sum + (relay.seconds ?? 0), 0);
  return (
    <>
      <ol className="relays">
      {[...relays]
        .sort((a, b) => a.order - b.order)
        .map((relay) => (
          <li key={relay.order}>
            <span>
              <b>{relay.by}</b>
              {relay.role ? <span className="quiet"> {named("role", relay.role)}</span> : null}
              <span aria-label={t("relay.to")}> → </span>
              <b>{relay.to}</b>
            </span>
            <span className="quiet">
              {named("means", relay.means)} · {moment(Date.parse(relay.told_at), now)}
              {relay.seconds !== null
                ? ` · ${t("relay.cost", { time: age(relay.seconds * 1000) })}`
                : ""}
            </span>
          </li>
        ))}
      </ol>
      {relays.length > 1 ? (
        <p className="quiet">{t("relay.total", { time: age(total * 1000) })}</p>
      ) : null}
    </>
  );
}
