import { expect, test } from "vitest";
import { meant } from "./telling";

test("what is ticked is what the operator sees chosen", () => {
  expect(meant(true, new Set(["a"]), "b")).toBeNull();
  expect(meant(false, new Set(["a", "c"]), "b")).toEqual(["a", "c"]);
  expect(meant(false, new Set(), "b")).toEqual(["b"]);
  expect(meant(false, new Set(), null)).toEqual([]);
});
