import { describe, expect, test } from "vitest";
import type { Palette, Shade } from "./palette";
import { PALETTES } from "./palette";

/** Relative luminance of `#rrggbb` as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

type Name = keyof Palette;
const GROUNDS: Name[] = ["ground", "surface", "raised", "selected"];
const LETTERS: Name[] = ["ink", "quiet", "accent", "danger", "warn"];
const SHAPES: Name[] = ["chart1", "chart2", "chart3", "chart4", "accent"];

test("black on white is 21 to 1", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
});

/** What nearly all of a screen is made of at night, in shares of the brightest white. */
const NIGHT_GROUND = 0.04;
/** Letters and lines cover little of it; white ones would still glare in a dark room. */
const NIGHT_LETTER = 0.8;

describe("at night (B17)", () => {
  const { dark } = PALETTES;
  const grounds: Name[] = [...GROUNDS, "dangerGround", "warnGround"];
  test.each(grounds)("%s is nearly dark", (name) => {
    expect(luminance(dark[name])).toBeLessThanOrEqual(NIGHT_GROUND);
  });
  test.each(["line", ...LETTERS, ...SHAPES] as Name[])("%s does not glare", (name) => {
    expect(luminance(dark[name])).toBeLessThanOrEqual(NIGHT_LETTER);
  });
});

describe.each(Object.keys(PALETTES) as Shade[])("in the %s shade", (shade) => {
  const palette = PALETTES[shade];
  const pairs = LETTERS.flatMap((letter) => GROUNDS.map((ground) => [letter, ground] as const));
  test.each([
    ...pairs,
    ["danger", "dangerGround"] as const,
    ["ink", "dangerGround"] as const,
    ["warn", "warnGround"] as const,
    ["ink", "warnGround"] as const,
  ])("%s can be read on %s (1.4.3: 4.5 to 1)", (letter, ground) => {
    expect(contrast(palette[letter], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
  test.each(SHAPES)("%s stands out from its surface (1.4.11: 3 to 1)", (shape) => {
    expect(contrast(palette[shape], palette.surface)).toBeGreaterThanOrEqual(3);
  });
});
