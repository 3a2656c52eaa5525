import { expect, test } from "vitest";
import type { Storm } from "../api/contract";
import { aReport } from "../queue/examples";
import { MOTIFS } from "./motifs";
import { due, pressing } from "./pressing";

const NOW = Date.parse("2026-11-23T12:00:10Z"); // nine seconds after the examples came in
const unit = { code: "o", name: "管理处", kind: "office" as const };
const claim = {
  by: { code: "p", name: "值班员", unit },
  until: "2026-11-23T12:01:00Z",
  mine: false,
};
const phone = aReport({ number: 2, cls: "life_safety", priority: 0 });

test("the most pressing unclaimed report sounds, whoever came first", () => {
  expect(pressing([aReport(), phone], 0, NOW)?.cause).toBe("life_safety");
});

test("what is claimed is silent", () => {
  expect(pressing([aReport(), { ...phone, claim }], 0, NOW)?.cause).toBe("call");
  expect(pressing([{ ...phone, claim }], 0, NOW)).toBeNull();
});

test("what is parked is silent until it is back", () => {
  const parked = { until: "2026-11-23T12:10:00Z", by: claim.by, reason: "等电工" };
  expect(pressing([{ ...aReport(), parked }], 0, NOW)).toBeNull();
  expect(pressing([{ ...aReport(), parked: null }], 0, NOW)?.cause).toBe("call");
});

test("it grows louder at the warning and again at the limit", () => {
  const loudness = (seconds: number) => pressing([phone], 0, NOW + seconds * 1000)?.loudness ?? 0;
  expect(loudness(0)).toBeLessThan(loudness(10));
  expect(loudness(10)).toBeLessThan(loudness(60));
});

test("a forward that the desk did not accept in time sounds when nothing else does", () => {
  expect(pressing([], 1, NOW)?.cause).toBe("forward");
  expect(pressing([phone], 1, NOW)?.cause).toBe("life_safety");
});

test("a storm is heard as one alarm until its roll is called, and never before life safety", () => {
  const storm = { ticked: 0 } as Storm;
  expect(pressing([], 0, NOW, [storm])?.cause).toBe("alarm");
  expect(pressing([phone], 0, NOW, [storm])?.cause).toBe("life_safety");
  expect(pressing([], 0, NOW, [{ ...storm, ticked: 1 }])).toBeNull();
});

test("a motif repeats after its time, and another cause begins at once", () => {
  const last = { cause: "call" as const, at: 1000 };
  expect(due("call", last, 1000 + MOTIFS.call.every * 1000 - 1)).toBe(false);
  expect(due("call", last, 1000 + MOTIFS.call.every * 1000)).toBe(true);
  expect(due("life_safety", last, 1001)).toBe(true);
});

test("no two motifs sound alike, and only life safety glides", () => {
  const shapes = Object.values(MOTIFS).map((motif) => JSON.stringify([motif.notes, motif.wave]));
  expect(new Set(shapes).size).toBe(shapes.length);
  const gliding = Object.entries(MOTIFS).filter(([, motif]) => motif.notes.some((note) => note.to));
  expect(gliding.map(([cause]) => cause)).toEqual(["life_safety"]);
});
