import type { ToldBefore } from "../api/contract";
import { day } from "../time/format";
import { t } from "../words/words";

/** A row's mark that its customer has told of the same before: how often, and since when. */
export function RepeatMark({ before }: { before: ToldBefore | null }) {
  if (!before) return null;
  return (
    <span className="tag tag-danger" data-testid="repeat-mark">
      ▲ {t("repeat.mark", { times: before.times, since: day(Date.parse(before.since)) })}
    </span>
  );
}
