import { useAct } from "../api/acts";
import { change } from "../api/client";
import type { Report } from "../api/contract";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { realSeconds, siteNow, useNow } from "../time/clock";
import { t } from "../words/words";
import { headline, placeLine } from "./title";

/** Somebody asks me to take what he holds: on whatever page I am, for fifteen seconds. */
export function OfferBar({ report }: { report: Report }) {
  useNow();
  const act = useAct<Report>();
  const answer = (takes: boolean) =>
    act.mutate([change("/api/v1/reports/{number}/answer-offer", report.number, { takes })]);
  useActs([
    { id: "offer-take", words: t("act.offer_take"), keys: ["y"], run: () => answer(true) },
    { id: "offer-decline", words: t("act.offer_decline"), keys: ["x"], run: () => answer(false) },
  ]);
  const { offer } = report;
  if (!offer) return null;
  return (
    <Bar
      tone="warn"
      testId="offer-asked"
      action={
        <>
          <ActButton
            letter="Y"
            words={t("act.offer_take")}
            onClick={() => answer(true)}
            busy={act.isPending}
            primary
            testId="offer-take"
          />
          <ActButton
            letter="X"
            words={t("act.offer_decline")}
            onClick={() => answer(false)}
            busy={act.isPending}
            testId="offer-decline"
          />
        </>
      }
    >
      {t("offer.asked", {
        name: offer.by.name,
        what: `${headline(report)} ${placeLine(report)}`,
        seconds: realSeconds(Date.parse(offer.until) - siteNow()),
      })}
      {act.error ? ` ${refusal(act.error)}` : null}
    </Bar>
  );
}
