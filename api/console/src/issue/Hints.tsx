import type { Hint } from "../api/contract";
import { named, t } from "../words/words";

/** Who may be calling. The distance in seconds stands with each: a hint, never a fact. */
export function Hints({ hints }: { hints: readonly Hint[] }) {
  return (
    <>
      <p className="quiet">{t("hint.note")}</p>
      <ul className="hints">
        {hints.map((hint) => (
          <li key={`${hint.at}-${hint.device.code}-${hint.method}`}>
            <b>{hint.who ?? t("hint.nobody")}</b>
            <span>
              {named("method", hint.method)} {distance(hint.seconds)}
            </span>
            <span className="quiet">
              {hint.device.name}
              {hint.granted === false ? ` · ${t("hint.refused")}` : ""}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Positive seconds are before the call. */
function distance(seconds: number): string {
  if (seconds === 0) return t("hint.same");
  return seconds > 0 ? t("hint.before", { seconds }) : t("hint.after", { seconds: -seconds });
}
