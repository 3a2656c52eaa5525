import { BarChart, LineChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from "echarts/components";
import type { ECharts } from "echarts/core";
import { init, use as knows } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { PALETTES } from "../app/palette";
import { go } from "../app/route";
import { useShade } from "../app/useShade";
import { optionOf } from "./option";
import type { ChartSpec } from "./spec";

knows([AriaComponent, BarChart, GridComponent, LegendComponent, LineChart]);
knows([SVGRenderer, TooltipComponent]);

interface PlotProps {
  spec: ChartSpec;
  /** The question it answers, for those who hear the page. */
  label: string;
}

/** The drawing; a click on a shape opens the issues behind its number. */
export default function Plot({ spec, label }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const shade = useShade();
  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const made = init(host, null, { renderer: "svg" });
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(host);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    const made = chart.current;
    if (!made) return;
    made.setOption(optionOf(spec, PALETTES[shade]), true);
    made.off("click");
    made.on("click", ({ seriesIndex, dataIndex }) => {
      const to = spec.series[seriesIndex ?? 0]?.to[dataIndex];
      if (to) go(to);
    });
  }, [spec, shade]);
  const height = spec.kind === "bars" ? 34 + spec.labels.length * 30 : 230;
  return <div ref={place} className="plot" role="img" aria-label={label} style={{ height }} />;
}
