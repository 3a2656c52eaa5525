import { useSeat } from "../api/seat";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { useNow } from "../time/clock";
import { moment } from "../time/format";
import { t } from "../words/words";

/** The centre asks whether anybody is there: any key says so, the button is where people look. */
export function SeatBar() {
  const { data: seat } = useSeat();
  const now = useNow();
  if (!seat?.asked_at) return null;
  return (
    <Bar tone="danger" testId="seat-asked" action={<ActButton words={t("seat.here")} />}>
      {t(seat.called_at ? "seat.called" : "seat.asked", {
        at: moment(Date.parse(seat.called_at ?? seat.asked_at), now),
      })}
    </Bar>
  );
}
