import { expect, test } from "vitest";
import { best, initials, matches } from "./initials";

test("Chinese names are found by the first letters of their pinyin", () => {
  expect(initials("路灯不亮")).toBe("ldbl");
  expect(initials("电梯停运")).toBe("dtty");
  expect(initials("安别车灯恶发高火急卡漏门内欧爬墙热水停外小押脏")).toBe(
    "abcdefghjklmnopqrstwxyz",
  );
  expect(initials("3栋2单元")).toBe("3d2dy");
});

test("a name is meant by its part, by its initials, and by nothing else", () => {
  expect(matches("路", ["路灯不亮"])).toBe(true);
  expect(matches("LD", ["路灯不亮"])).toBe(true);
  expect(matches("lamp", ["路灯不亮", "Street lamp out"])).toBe(true);
  expect(matches("xyz", ["路灯不亮", "Street lamp out"])).toBe(false);
});

test("names that begin with what was typed come first", () => {
  expect(best(["路灯不亮", "电梯停运", "噪声"], "d", (name) => [name])).toEqual([
    "电梯停运",
    "路灯不亮",
  ]);
});
