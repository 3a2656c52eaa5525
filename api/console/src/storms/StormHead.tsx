import type { Storm } from "../api/contract";
import { useNow } from "../time/clock";
import { named, t } from "../words/words";
import { stormTitle } from "./telling";

/** How large it was, of what, where, and how far the roll-call is. */
export function StormHead({ storm }: { storm: Storm }) {
  const now = useNow();
  return (
    <header className="storm-head">
      <h1>
        {stormTitle(storm, now)}{" "}
        {storm.ended_at ? null : <span className="tag tag-warn">{t("storm.going_on")}</span>}
      </h1>
      <p className="storm-sum">
        <b data-testid="storm-events">{t("storm.events", { count: storm.events })}</b> ·{" "}
        {t("storm.devices", { count: storm.devices })} · {t("storm.peak", { count: storm.peak })} ·{" "}
        {t("storm.folded", { count: storm.folded })}
      </p>
      <progress
        max={storm.events}
        value={storm.ticked}
        aria-label={t("storm.ticked", { ticked: storm.ticked, events: storm.events })}
      />{" "}
      <span data-testid="storm-ticked">
        {storm.ticked < storm.events
          ? t("storm.ticked", { ticked: storm.ticked, events: storm.events })
          : t("storm.done")}
      </span>
      <dl className="storm-counts">
        <div>
          <dt>{t("storm.kinds")}</dt>
          <dd>
            {storm.kinds
              .map((one) => `${named("event", one.event_type)} ${one.events}`)
              .join(t("join.comma"))}
          </dd>
        </div>
        <div>
          <dt>{t("storm.buildings")}</dt>
          <dd>
            {storm.buildings
              .map((one) => `${one.name ?? t("storm.nowhere")} ${one.events}`)
              .join(t("join.comma"))}
          </dd>
        </div>
      </dl>
    </header>
  );
}
