import type { PlanSpot } from "../api/contract";
import { Link } from "../app/Link";
import { Moment } from "../time/Moment";
import { byName } from "../words/order";
import { named, t } from "../words/words";
import { tellingOf } from "./telling";

/** The same as the drawing shows, for those who read lists: who calls first, then who is silent. */
const ORDER = ["life", "calling", "testing", "silent", "never", "heard"];

interface SpotListProps {
  spots: readonly PlanSpot[];
  chosen: string | null;
}

export function SpotList({ spots, chosen }: SpotListProps) {
  const rows = [...spots].sort(
    (a, b) =>
      ORDER.indexOf(tellingOf(a)) - ORDER.indexOf(tellingOf(b)) || byName(a.name, b.name),
  );
  return (
    <>
      <h2>
        {t("plans.devices")} <span className="count">{rows.length}</span>
      </h2>
      <ul className="spot-list">
        {rows.map((spot) => (
          <li
            key={spot.device}
            aria-current={spot.device === chosen ? "true" : undefined}
            data-testid={`spot-row-${spot.device}`}
          >
            <span>{spot.name}</span>{" "}
            <span className="quiet">{named("device_state", spot.state)}</span>
            {spot.on_test_until ? (
              <span className="tag tag-warn">
                {t("on_test.until")} <Moment at={spot.on_test_until} seconds={false} />
              </span>
            ) : null}
            {spot.calls.map((call) => (
              <Link
                key={call.report}
                to={`/issues/${call.issue}`}
                className={call.life_safety ? "tag tag-danger" : "tag tag-warn"}
                testId={`spot-issue-${call.issue}`}
              >
                {t("plans.to_issue", { issue: call.issue })}
              </Link>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
