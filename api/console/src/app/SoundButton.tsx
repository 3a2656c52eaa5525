import { tellMute } from "../api/seat";
import { useActs } from "../keys/acts";
import { giveKeysBack } from "../keys/giving";
import { useNow } from "../time/clock";
import { t } from "../words/words";
import { MOST_MUTED, mute, mutedFor, useSettings } from "./settings";

/** Silence for a minute, never longer; what is left of it counts down where one looks for it. */
export function SoundButton() {
  useSettings();
  useNow();
  const left = mutedFor();
  const toggle = () => {
    mute(left > 0 ? 0 : MOST_MUTED);
    if (left === 0) tellMute(MOST_MUTED);
  };
  const words = left > 0 ? t("act.unmute") : t("act.mute");
  useActs([{ id: "mute", words, keys: ["m"], run: toggle }]);
  return (
    <button
      type="button"
      className={`plain${left > 0 ? " plain-on" : ""}`}
      title={words}
      aria-pressed={left > 0}
      onClick={(event) => {
        giveKeysBack(event);
        toggle();
      }}
      data-testid="mute"
    >
      {left > 0 ? t("header.muted", { seconds: left }) : t("header.sound")} <kbd>M</kbd>
    </button>
  );
}
