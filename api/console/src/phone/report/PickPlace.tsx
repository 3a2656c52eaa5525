import { useState } from "react";
import type { Place } from "../outbox/item";
import { refused } from "../refused";
import { t, where } from "../words";
import { offered } from "./draft";
import { remembered } from "./remembered";
import { StepHead } from "./Steps";

/** So many rows a small telephone draws at once; the others are found by typing. */
const MOST = 120;

interface Props {
  places: readonly Place[];
  problem: unknown;
  onPick: (place: Place) => void;
  onBack: () => void;
}

export function PickPlace({ places, problem, onPick, onBack }: Props) {
  const [find, setFind] = useState("");
  const last = remembered().places;
  const found = offered(places, last, find);
  return (
    <section>
      <StepHead title={t("phone.where")} onBack={onBack} />
      {problem ? <p className="bar warn">{refused(problem)}</p> : null}
      <input
        type="search"
        value={find}
        placeholder={t("phone.find_place")}
        aria-label={t("phone.find_place")}
        onChange={(event) => setFind(event.target.value)}
        data-testid="find-place"
      />
      <ul className="list">
        {found.slice(0, MOST).map((place) => (
          <li key={place.code}>
            <button type="button" onClick={() => onPick(place)} data-testid={`place-${place.code}`}>
              {where(place, 3)}
              {last.includes(place.code) ? <span className="quiet"> {t("phone.used_last")}</span> : null}
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST ? <p className="quiet">{t("phone.more_places", { count: found.length - MOST })}</p> : null}
      {places.length > 0 && found.length === 0 ? <p className="quiet">{t("phone.no_such_place")}</p> : null}
    </section>
  );
}
