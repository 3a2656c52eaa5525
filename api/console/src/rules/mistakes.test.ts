import { expect, test } from "vitest";
import { Refused } from "../api/client";
import { remember } from "../app/settings";
import { mistakes } from "./mistakes";

test.each(["zh", "en"] as const)("each mistake is told once (%s)", (language) => {
  remember({ language });
  const said = mistakes(new Refused(422, "bad_policy", "policy: nonsense: unknown key"));
  expect(said.split("nonsense")).toHaveLength(2);
});
