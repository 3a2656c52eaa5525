import { useMemo } from "react";
import { useWaiting } from "../api/queries";
import { useQueue } from "../api/queue";
import type { Session } from "../api/contract";
import { useStreamState } from "../api/stream";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { OfferBar } from "../queue/OfferBar";
import { useHold } from "../queue/useHold";
import { useSeat } from "../api/seat";
import { OnTestBar } from "../seat/OnTestBar";
import { SeatBar } from "../seat/SeatBar";
import { SummonsBar } from "../seat/SummonsBar";
import { useSeatTelling } from "../seat/useSeatTelling";
import { may } from "../session/allowed";
import { useSound } from "../sound/useSound";
import { siteNow, useNow } from "../time/clock";
import { distance, moment } from "../time/format";
import { t } from "../words/words";

/** What must be heard or read on whatever page: the queue's sound, and whether the console itself is well. */
export function Watch({ session }: { session: Session }) {
  const { state, since, auditorLate, gatewaysLate } = useStreamState();
  const now = useNow();
  return (
    <div className="watch">
      {state === "stale" ? (
        <Bar tone="danger" testId="stream-stale">
          {t("watch.stale", { at: moment(since, now), ago: distance(since, siteNow()) })}
        </Bar>
      ) : null}
      {auditorLate ? <Bar tone="danger">{t("watch.auditor")}</Bar> : null}
      {gatewaysLate.length > 0 ? (
        <Bar tone="warn">{t("watch.gateways", { names: gatewaysLate.join(t("join.comma")) })}</Bar>
      ) : null}
      {may(session, "see_notices") ? <SummonsBar /> : null}
      {may(session, "claim") ? <SeatBar /> : null}
      {may(session, "see_devices") ? <OnTestBar /> : null}
      {may(session, "work_report") ? <Hold /> : null}
      {may(session, "claim") ? <QueueWatch /> : null}
    </div>
  );
}

/** What somebody holds stays his on every page; what he is asked to take, he reads on every page. */
function Hold() {
  const { data: queue } = useQueue();
  useHold(queue?.items ?? []);
  const asked = queue?.items.find((one) => one.offer?.to_me);
  return asked ? <OfferBar key={asked.number} report={asked} /> : null;
}

/** Those who answer calls hear them on every page. */
function QueueWatch() {
  const { data: queue } = useQueue();
  const { data: forwarded } = useWaiting();
  const now = useNow();
  const late = useMemo(
    () =>
      (forwarded?.pages ?? [])
        .flatMap((page) => page.items)
        .filter((row) => row.accept_limit_at && Date.parse(row.accept_limit_at) < now).length,
    [forwarded, now],
  );
  const { data: seat } = useSeat();
  const { state } = useStreamState();
  const blocked = useSound(queue?.items ?? [], late, queue?.storms ?? [], Boolean(seat?.asked_at));
  useSeatTelling(blocked, state === "stale");
  if (blocked) {
    return (
      // any click wakes the sound; the button is where people look for it
      <Bar tone="warn" testId="sound-blocked" action={<ActButton words={t("watch.sound_on")} />}>
        {t("watch.sound_blocked")}
      </Bar>
    );
  }
  return null;
}
