import { describe, expect, it } from "vitest";
import type { MonthReport } from "../api/contract";
import { parse } from "../app/route";
import { addressOf, cellOf, nameOf, percent, sum } from "./cells";

const REPORT = {
  measures: ["told", "problems"],
  names: { unit: { clean: "洁净保洁" }, category: { litter: { zh: "垃圾", en: "Litter" } } },
} as unknown as MonthReport;

describe("numbers of a month", () => {
  it("are found again under their address, whatever their key holds", () => {
    for (const key of ["clean", "", "3/2 单元", "a.b", "100 %"]) {
      const cell = cellOf("place", "told", key);
      const route = parse(addressOf("2026-11", cell));
      expect(route.page).toBe("months");
      expect(route.parts).toEqual(["2026-11", cell]);
      expect(decodeURIComponent(cell.split(".").slice(2).join("."))).toBe(key);
    }
  });

  it("have names, or else their code", () => {
    expect(nameOf(REPORT, "unit", "clean")).toBe("洁净保洁");
    expect(nameOf(REPORT, "unit", "gone")).toBe("gone");
  });

  it("are sums by the report's own order, and shares as people read them", () => {
    const line = { key: "", counts: [3, 2], found_first: null, repeat_rate: 0.6667 };
    expect(sum(REPORT, line, "problems")).toBe(2);
    expect(sum(REPORT, line, "unheard_of")).toBe(0);
    expect(percent(line.repeat_rate)).toBe("66.7 %");
    expect(percent(line.found_first)).toBe("–");
  });
});
