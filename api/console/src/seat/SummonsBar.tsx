import { useAcknowledgeSummons, useSummons } from "../api/seat";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { useNow } from "../time/clock";
import { moment } from "../time/format";
import { named, t } from "../words/words";

/** Somebody is called to the seat: it stands on each of his pages until he says that he goes. */
export function SummonsBar() {
  const { data: summons = [] } = useSummons();
  const acknowledge = useAcknowledgeSummons();
  const now = useNow();
  return summons
    .filter((one) => !one.acknowledged_at)
    .map((one) => (
      <Bar
        key={one.number}
        tone="danger"
        testId={`summons-${one.number}`}
        action={
          <ActButton
            words={t("summons.go")}
            onClick={() => acknowledge.mutate(one.number)}
            busy={acknowledge.isPending && acknowledge.variables === one.number}
            testId={`summons-go-${one.number}`}
          />
        }
      >
        {named("trouble", one.trouble)} {moment(Date.parse(one.at), now)}
      </Bar>
    ));
}
