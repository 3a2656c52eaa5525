import { Skeleton } from "antd";
import { useMemo } from "react";
import { useMonths } from "../api/queries";
import { Chart } from "../charts/Chart";
import { t, useLanguage } from "../words/words";
import { panelOf, trendOf } from "./specs";

/** Both rates over the last twelve months, each point one click from its cases (一.1, 一.2). */
export function Trends() {
  const language = useLanguage();
  const { data } = useMonths();
  const specs = useMemo(
    () =>
      data && ([trendOf(data, "found_first"), trendOf(data, "repeat_rate")] as const),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- its words follow the language
    [data, language],
  );
  if (!specs) return <Skeleton active />;
  return (
    <div className="charts">
      <Chart question={t("ask.found_first")} spec={specs[0]} testId="trend-found-first" />
      <Chart question={t("ask.repeat_rate")} spec={specs[1]} testId="trend-repeat-rate" />
    </div>
  );
}

/** What a panel asks, month by month (五.2(3)). */
export function PanelTrend({ panel }: { panel: string }) {
  const language = useLanguage();
  const { data } = useMonths();
  const spec = useMemo(
    () => data && panelOf(data, panel),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- its words follow the language
    [data, panel, language],
  );
  if (!spec) return <Skeleton active />;
  return (
    <Chart
      question={t(`ask.panel.${panel}` as "ask.panel.counts")}
      spec={spec}
      testId={`chart-${panel}`}
    />
  );
}
