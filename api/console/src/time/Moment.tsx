import { useLanguage } from "../words/words";
import { useNow } from "./clock";
import { distance, moment } from "./format";

/** A moment as the house shows it: how long ago (or until), and the clock time at the site. */
export function Moment({ at, seconds = true }: { at: string; seconds?: boolean }) {
  useLanguage();
  const now = useNow();
  const value = Date.parse(at);
  return (
    <time dateTime={at} className="moment">
      <span>{moment(value, now, seconds)}</span>
      <span className="quiet">{distance(value, now)}</span>
    </time>
  );
}
