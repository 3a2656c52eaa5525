import { useLanguage } from "../words/words";
import { useNow } from "./clock";
import { distance, due } from "./format";

/** When something falls due: the end of a day is its 24:00, and the day is named with it. */
export function Due({ at }: { at: string }) {
  useLanguage();
  const now = useNow();
  const value = Date.parse(at);
  return (
    <time dateTime={at} className="moment">
      <span>{due(value, now)}</span>
      <span className="quiet">{distance(value, now)}</span>
    </time>
  );
}
