import { useActs } from "../keys/acts";
import { useNow } from "../time/clock";
import { t } from "../words/words";
import { mute, mutedFor, useSettings } from "./settings";

const MUTE_SECONDS = 60;

/** Silence for a minute, never longer; what is left of it counts down where one looks for it. */
export function SoundButton() {
  useSettings();
  useNow();
  const left = mutedFor();
  const toggle = () => mute(left > 0 ? 0 : MUTE_SECONDS);
  const words = left > 0 ? t("act.unmute") : t("act.mute");
  useActs([{ id: "mute", words, keys: ["m"], run: toggle }]);
  return (
    <button
      type="button"
      className={`plain${left > 0 ? " plain-on" : ""}`}
      title={words}
      aria-pressed={left > 0}
      onClick={toggle}
      data-testid="mute"
    >
      {left > 0 ? t("header.muted", { seconds: left }) : t("header.sound")} <kbd>M</kbd>
    </button>
  );
}
