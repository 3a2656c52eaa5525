import type { EChartsCoreOption } from "echarts/core";
import type { Palette } from "../app/palette";
import { FONT, SIZES } from "../app/palette";
import type { ChartSpec, Series } from "./spec";
import { said } from "./spec";

/** Legible without colour: each series has its own shape, stroke or pattern. */
const SYMBOLS = ["circle", "rect", "triangle", "diamond"] as const;
const STROKES = ["solid", "dashed", "dotted", "solid"] as const;

/** As many names as stand beside each other in a card. */
const FEW = 5;
/** Pixels of a legend's line in a card. */
const LEGEND = 400;

/** The drawing of a chart in the house's tokens. */
export function optionOf(spec: ChartSpec, palette: Palette): EChartsCoreOption {
  const lying = spec.kind === "bars";
  const many = spec.series.length > 1;
  const [names, values] = [namesOf(spec, palette), valuesOf(spec, palette)];
  return {
    animation: false,
    textStyle: { fontFamily: FONT, fontSize: SIZES.small },
    color: [palette.chart1, palette.chart2, palette.chart3, palette.chart4],
    aria: { enabled: true, label: { enabled: false }, decal: { show: many } },
    grid: { left: 4, right: 36, top: many ? 36 + legend(spec) : 22, bottom: 4, containLabel: true },
    legend: { show: many, top: 0, left: 0, textStyle: { color: palette.ink } },
    tooltip: {
      trigger: "item",
      backgroundColor: palette.raised,
      borderColor: palette.line,
      textStyle: { color: palette.ink, fontSize: SIZES.small },
      valueFormatter: (value: unknown) => said(spec, typeof value === "number" ? value : null),
    },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: spec.series.map((one, at) => seriesOf(spec, one, at, palette)),
  };
}

/** Names of series that need a second line push the drawing down by so many pixels. */
function legend(spec: ChartSpec): number {
  const wide = spec.series.reduce((sum, one) => sum + 44 + wideness(one.name), 0);
  return wide > LEGEND ? 22 : 0;
}

function wideness(words: string): number {
  return [...words].reduce((sum, one) => sum + (one > "\u2e7f" ? SIZES.small : SIZES.small / 2), 0);
}

function namesOf(spec: ChartSpec, palette: Palette) {
  const lying = spec.kind === "bars";
  return {
    type: "category",
    data: [...spec.labels],
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: { color: palette.ink, ...labelOf(lying, spec.labels.length) },
  };
}

/** A few names are all written, in two lines if need be; of many, as months, every so many. */
function labelOf(lying: boolean, many: number) {
  if (lying) return { width: 130, overflow: "truncate" };
  return many > FEW ? {} : { interval: 0, width: 84, overflow: "break" };
}

function valuesOf(spec: ChartSpec, palette: Palette) {
  return {
    type: "value",
    min: 0,
    ...(spec.share ? { max: 1 } : { minInterval: 1 }),
    splitLine: { lineStyle: { color: palette.line } },
    axisLabel: {
      color: palette.quiet,
      formatter: (value: number) => (spec.share ? `${Math.round(value * 100)} %` : String(value)),
    },
  };
}

function seriesOf(spec: ChartSpec, one: Series, at: number, palette: Palette) {
  const label = {
    show: spec.kind !== "stack",
    position: spec.kind === "line" ? "top" : "right",
    color: palette.ink,
    formatter: ({ value }: { value: unknown }) =>
      said(spec, typeof value === "number" ? value : null),
  };
  const shared = { name: one.name, data: [...one.values], label };
  if (spec.kind === "line") {
    return {
      ...shared,
      type: "line",
      symbol: SYMBOLS[at % SYMBOLS.length],
      symbolSize: 10,
      lineStyle: { type: STROKES[at % STROKES.length], width: 2 },
    };
  }
  const stacked = spec.kind === "stack";
  return {
    ...shared,
    type: "bar",
    barMaxWidth: 36,
    itemStyle: { borderColor: palette.surface, borderWidth: stacked ? 1 : 0 },
    ...(stacked ? { stack: "all" } : {}),
  };
}
