import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";
import { Inspections, PausesAsked, Reviews } from "./Awaited";
import { Blind } from "./Blind";
import { Missed } from "./Missed";
import { Tonight } from "./Tonight";
import "../parts/cards.css";

/** A supervisor's day on one page: what climbs unless somebody acts, and what waits for him. */
export default function TodayPage() {
  const me = useMe();
  return (
    <main className="page" data-testid="today-page">
      <h1 className="apart">{t("page.today")}</h1>
      <div className="cards">
        <Tonight />
        {may(me, "see_missed") ? <Missed /> : null}
        {may(me, "review") ? <Reviews /> : null}
        {may(me, "decide_pause") ? <PausesAsked /> : null}
        {may(me, "inspect") ? <Inspections /> : null}
        {may(me, "see_devices") ? <Blind /> : null}
      </div>
    </main>
  );
}
