import { expect, test } from "vitest";
import { FRESH, nextStep, offered, placeInAddress } from "./draft";

const place = (code: string, ...path: string[]) => ({ code, name: path.at(-1) ?? "", path });
const lamp = { code: "street_lamp", zh: "路灯", en: "Lamp", urgency: "urgent", first_actions: null } as const;

test("only what is not known yet is asked", () => {
  const begun = { ...FRESH, step: "go" } as const;
  expect(nextStep(FRESH)).toBe("shoot");
  expect(nextStep(begun)).toBe("place");
  expect(nextStep({ ...begun, place: place("a", "A") })).toBe("kind");
  expect(nextStep({ ...begun, place: place("a", "A"), kind: lamp })).toBe("check");
});

test("a code at the spot names its place, and nothing else does", () => {
  expect(placeInAddress("/m/p/b1-pump")).toBe("b1-pump");
  expect(placeInAddress("/m/p/%E6%B3%B5%E6%88%BF/")).toBe("泵房");
  for (const path of ["/m/", "/m/p/", "/m/p/a/b", "/m/p/%zz"]) expect(placeInAddress(path)).toBeNull();
});

test("used last comes first, the rest by number and name, found by any part of the path", () => {
  const all = [place("c", "小区", "10栋"), place("b", "小区", "2栋"), place("a", "小区", "泵房")];
  expect(offered(all, ["a"], "").map((one) => one.code)).toEqual(["a", "b", "c"]);
  expect(offered(all, [], "栋").map((one) => one.code)).toEqual(["b", "c"]);
  expect(offered(all, ["c"], "泵").map((one) => one.code)).toEqual(["a"]);
});
