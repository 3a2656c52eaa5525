import { expect, test } from "vitest";
import { inOrder } from "./order";

test("names stand by pinyin, not by stroke or code point", () => {
  const names = ["张小龙", "王强", "赵铁柱", "陈国栋", "李卫东", "马建军"];
  expect(inOrder(names, (name) => name)).toEqual([
    "陈国栋",
    "李卫东",
    "马建军",
    "王强",
    "张小龙",
    "赵铁柱",
  ]);
});

test("numbers in names stand by their value", () => {
  expect(inOrder(["10号楼", "2号楼", "1号楼"], (name) => name)).toEqual(["1号楼", "2号楼", "10号楼"]);
});
