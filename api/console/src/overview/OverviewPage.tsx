import { Skeleton } from "antd";
import { useMonth, useMonths } from "../api/queries";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { percent } from "../month/cells";
import { Rates } from "../month/Rates";
import { thisMonth } from "../month/thisMonth";
import { Trends } from "../month/Trends";
import { t } from "../words/words";
import { Called, ComingToMe } from "./Called";
import { Decide } from "./Decide";
import { PanelsSeen, UnitPoints } from "./Standing";
import "../parts/cards.css";

/** The director's first look: both rates (一.1, 一.2), what waits for him, how the rest stands. */
export default function OverviewPage() {
  const month = thisMonth();
  const { data, error, isPending } = useMonth(month);
  const { data: months } = useMonths();
  const before = months?.items.find((one) => one.month < month);
  return (
    <main className="page" data-testid="overview-page">
      <h1 className="apart">{t("page.overview")}</h1>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data ? (
        <section aria-label={t("overview.rates", { month })}>
          <h2>{t("overview.rates", { month })}</h2>
          <Rates
            report={data.report}
            foundBefore={before ? percent(before.found_first) : null}
            repeatBefore={before ? percent(before.repeat_rate) : null}
          />
        </section>
      ) : null}
      <Trends />
      <div className="cards">
        <Decide />
        <Called />
        <ComingToMe />
        <PanelsSeen month={month} />
        <UnitPoints />
      </div>
    </main>
  );
}
