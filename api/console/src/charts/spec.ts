/** What a chart shows, before anything is drawn. */
export interface ChartSpec {
  /** `line`: over time; `stack`: parts of a sum; `bars`: the longest first, lying. */
  kind: "line" | "stack" | "bars";
  labels: readonly string[];
  series: readonly Series[];
  /** Values are shares of one, shown as per cent. */
  share?: boolean;
}

export interface Series {
  name: string;
  /** null: there is no number, which is not nought. */
  values: readonly (number | null)[];
  /** Where each value opens its issues. */
  to: readonly (string | null)[];
}

/** Whether there is anything to draw. */
export function drawn(spec: ChartSpec): boolean {
  return spec.series.some((one) => one.values.some((value) => value !== null && value !== 0));
}

/** A value as people read it. */
export function said(spec: ChartSpec, value: number | null): string {
  if (value === null) return "–";
  return spec.share ? `${(value * 100).toFixed(1)} %` : String(value);
}
