import type { Plans } from "../api/contract";
import { Link } from "../app/Link";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { t } from "../words/words";

/** Where nobody would hear or see: the whole site's, whether drawn on a plan or not. */
export function BlindSpots({ blind }: { blind: Plans["blind"] }) {
  return (
    <section data-testid="blind-spots">
      <h2>
        {t("plans.blind")} <span className="count">{blind.length}</span>
      </h2>
      {blind.length === 0 ? <p className="quiet">{t("plans.no_blind")}</p> : null}
      <ul className="spot-list">
        {blind.map((one) => (
          <li key={`${one.place.code} ${one.device}`}>
            <span aria-hidden="true">▲</span> <b>{pathOf(one.place.path)}</b>{" "}
            <Link to={`/plans/-/${encodeURIComponent(one.device)}`}>{one.name}</Link>{" "}
            {one.since ? <Moment at={one.since} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
