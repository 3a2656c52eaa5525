import { describe, expect, it } from "vitest";
import type { Shape } from "./sketch";
import { begun, between, next, now, redone, sketchOf, snapped, svgOf, undone } from "./sketch";

const ROOM: Shape = { sort: "room", from: { x: 200, y: 100 }, to: { x: 40, y: 20 } };
const WALL: Shape = { sort: "wall", from: { x: 0, y: 0 }, to: { x: 0, y: 400 } };
const WORD: Shape = { sort: "word", at: { x: 60, y: 60 }, text: `<b>"大堂" & '门'` };

describe("a sketch", () => {
  it("snaps to the grid and stays on the sheet", () => {
    expect(snapped({ x: 29, y: 31 })).toEqual({ x: 20, y: 40 });
    expect(snapped({ x: -50, y: 9000 })).toEqual({ x: 0, y: 800 });
  });

  it("draws nothing that has no length", () => {
    const here = { x: 20, y: 20 };
    expect(between("wall", here, here)).toBeNull();
    expect(between("room", here, { x: 20, y: 80 })).toBeNull();
    expect(between("wall", here, { x: 20, y: 80 })).toEqual({
      sort: "wall",
      from: here,
      to: { x: 20, y: 80 },
    });
  });

  it("comes back from its own SVG as it was, whatever its words are", () => {
    const ground = "data:image/png;base64,AAAA";
    const found = sketchOf(svgOf({ shapes: [ROOM, WALL, WORD], ground }));
    expect(found?.ground).toBe(ground);
    expect(found?.shapes).toEqual([
      { sort: "room", from: { x: 40, y: 20 }, to: { x: 200, y: 100 } },
      WALL,
      WORD,
    ]);
  });

  it("knows what was drawn elsewhere", () => {
    expect(sketchOf('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')).toBeNull();
    expect(sketchOf("no drawing at all")).toBeNull();
  });

  it("takes back and does again, until something new is drawn", () => {
    const twice = next(next(begun([]), [ROOM]), [ROOM, WALL]);
    expect(now(undone(twice))).toEqual([ROOM]);
    expect(now(redone(undone(twice)))).toEqual([ROOM, WALL]);
    expect(now(undone(undone(undone(twice))))).toEqual([]);
    const other = next(undone(twice), [ROOM, WORD]);
    expect(redone(other)).toEqual(other);
  });
});
