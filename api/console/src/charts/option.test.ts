import { expect, test } from "vitest";
import { PALETTES } from "../app/palette";
import { optionOf } from "./option";
import type { ChartSpec } from "./spec";
import { drawn, said } from "./spec";

const SPEC: ChartSpec = {
  kind: "stack",
  labels: ["2026-10", "2026-11"],
  series: ["a", "b", "c", "d"].map((name, at) => ({
    name,
    values: [at, null],
    to: [`/months/2026-10/${name}`, null],
  })),
};

interface Drawn {
  aria: { decal: { show: boolean } };
  animation: boolean;
  series: { symbol?: string; lineStyle?: { type: string } }[];
}

test("series are told apart without colour, and nothing moves", () => {
  const bars = optionOf(SPEC, PALETTES.light) as unknown as Drawn;
  expect(bars.aria.decal.show).toBe(true);
  expect(bars.animation).toBe(false);
  const lines = optionOf({ ...SPEC, kind: "line" }, PALETTES.dark) as unknown as Drawn;
  const marks = lines.series.map((one) => `${one.symbol} ${one.lineStyle?.type}`);
  expect(new Set(marks).size).toBe(SPEC.series.length);
});

test("nothing to draw is said, and a number that is not there is not nought", () => {
  expect(drawn(SPEC)).toBe(true);
  expect(drawn({ ...SPEC, series: [{ name: "a", values: [0, null], to: [] }] })).toBe(false);
  expect(said(SPEC, null)).toBe("–");
  expect(said({ ...SPEC, share: true }, 0.4567)).toBe("45.7 %");
});
