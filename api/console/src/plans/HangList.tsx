import type { Device, PlanSpot } from "../api/contract";
import { byName } from "../words/order";
import { t } from "../words/words";

interface HangListProps {
  spots: readonly PlanSpot[];
  unplaced: readonly Device[];
  name: string;
  picked: string | null;
  onName: (name: string) => void;
  onPick: (device: string) => void;
  onPut: (device: string, x: number, y: number) => void;
  onOff: (device: string) => void;
}

const percent = (share: number) => Math.round(share * 1000) / 10;

/** Devices to be placed and those that are: with the pointer, or by numbers on the keyboard. */
export function HangList(props: HangListProps) {
  const { spots, unplaced, picked } = props;
  return (
    <>
      <label className="plan-name">
        {t("plans.name")}
        <input
          className="field"
          value={props.name}
          maxLength={200}
          onChange={(event) => props.onName(event.target.value)}
          data-testid="plan-name"
        />
      </label>
      <h2>{t("plans.unplaced")}</h2>
      <p className="quiet">{t(unplaced.length > 0 ? "plans.place_here" : "plans.all_placed")}</p>
      <ul className="spot-list">
        {unplaced.map((one) => (
          <li key={one.code}>
            <button
              type="button"
              className="plain"
              aria-pressed={picked === one.code}
              onClick={() => props.onPick(one.code)}
              data-testid={`unplaced-${one.code}`}
            >
              {one.name}
            </button>
            <button
              type="button"
              className="plain"
              aria-label={t("plans.place_middle", { name: one.name })}
              onClick={() => props.onPut(one.code, 0.5, 0.5)}
              data-testid={`middle-${one.code}`}
            >
              +
            </button>
          </li>
        ))}
      </ul>
      <h2>{t("plans.devices")}</h2>
      <ul className="spot-list">
        {[...spots]
          .sort((a, b) => byName(a.device, b.device))
          .map((spot) => (
            <li key={spot.device} data-testid={`hung-${spot.device}`}>
              {spot.name}{" "}
              <Share
                words={`${spot.name} ${t("plans.across")}`}
                value={spot.x}
                onValue={(x) => props.onPut(spot.device, x, spot.y)}
              />{" "}
              <Share
                words={`${spot.name} ${t("plans.down")}`}
                value={spot.y}
                onValue={(y) => props.onPut(spot.device, spot.x, y)}
              />{" "}
              <button type="button" className="plain" onClick={() => props.onOff(spot.device)}>
                {t("plans.take_off")}
              </button>
            </li>
          ))}
      </ul>
    </>
  );
}

interface ShareProps {
  words: string;
  value: number;
  onValue: (share: number) => void;
}

function Share({ words, value, onValue }: ShareProps) {
  return (
    <input
      type="number"
      className="field plan-share"
      aria-label={words}
      title={words}
      min={0}
      max={100}
      step={0.5}
      value={percent(value)}
      onChange={(event) => {
        const said = Number(event.target.value);
        if (said >= 0 && said <= 100) onValue(said / 100);
      }}
    />
  );
}
