import { beforeAll, expect, test } from "vitest";
import { remember } from "../app/settings";
import { aReport } from "./examples";
import { headline, pathOf, placeLine } from "./title";

beforeAll(() => remember({ language: "zh" }));

const lamp = {
  code: "street_lamp",
  zh: "路灯不亮",
  en: "Street lamp out",
  urgency: "urgent" as const,
  first_actions: null,
};

test("a report is called by its category, else by its event, else by what was said", () => {
  expect(headline(aReport({ category: lamp }))).toBe("路灯不亮");
  expect(headline(aReport())).toBe("门禁呼叫");
  expect(headline(aReport({ event_type: null, words: "漏水" }))).toBe("漏水");
});

test("the site's own name is not repeated on every row", () => {
  expect(pathOf(["示范小区", "3栋", "2单元"])).toBe("3栋 / 2单元");
  expect(pathOf(["示范小区"])).toBe("示范小区");
  expect(pathOf(["示范小区", "3号楼", "3号楼2单元大堂"])).toBe("3号楼2单元大堂");
  expect(placeLine(aReport())).toBe("3栋2单元门口机");
});

test("a lifted handset is called by its extension and its place", () => {
  const lifted = aReport({ channel: "fire_phone", subject: "17" });
  expect(placeLine(lifted)).toMatch(/^分机 17 \/ /);
  expect(placeLine({ ...lifted, place: null })).toBe("分机 17");
  expect(placeLine({ ...lifted, channel: "intercom" })).not.toContain("分机");
});
