import type { Storm } from "../api/contract";
import { Link } from "../app/Link";
import { useNow } from "../time/clock";
import { age } from "../time/format";
import { named, t } from "../words/words";
import { stormTitle } from "../storms/telling";

/** So many kinds and buildings are named in the row; the roll-call names all. */
const NAMED = 3;

/** Each storm as one row, whatever it folds: since when, how much, of what, where. */
export function StormRows({ storms }: { storms: readonly Storm[] }) {
  const now = useNow();
  if (storms.length === 0) return null;
  return (
    <ul className="rows rows-storm" aria-label={t("storm.title")}>
      {storms.map((storm) => (
        <li key={storm.number} data-testid={`storm-row-${storm.number}`}>
          <Link to={`/storms/${storm.number}`} className="storm-row">
            <span className="storm-mark" aria-hidden="true">
              ≋
            </span>
            <span className="row-what">
              <b>{stormTitle(storm, now)}</b>
            </span>
            <span className="row-age">{age(now - Date.parse(storm.since))}</span>
            <span className="storm-facts">
              <b>{t("storm.events", { count: storm.events })}</b>{" "}
              <span>{t("storm.devices", { count: storm.devices })}</span>{" "}
              <span>{t("storm.left", { count: storm.events - storm.ticked })}</span>
            </span>
            <span className="storm-facts">
              {storm.kinds
                .slice(0, NAMED)
                .map((one) => `${named("event", one.event_type)} ${one.events}`)
                .join(t("join.comma"))}
            </span>
            <span className="storm-facts">
              {storm.buildings
                .slice(0, NAMED)
                .map((one) => `${one.name ?? t("storm.nowhere")} ${one.events}`)
                .join(t("join.comma"))}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
