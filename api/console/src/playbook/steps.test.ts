import { expect, test } from "vitest";
import type { Playbook, WayStep } from "../api/contract";
import { current, wayAhead } from "./steps";

const words = { zh: "做", en: "do" };
const by: WayStep["did"] = {
  by: null,
  at: "2026-11-20T02:00:00Z",
  answer: null,
  words: null,
};

function step(code: string, more: Partial<Playbook["steps"][number]> = {}): Playbook["steps"][number] {
  return { code, words, required: true, room: "centre", choices: [], then: null, asks: null, ...more };
}

function playbook(...steps: Playbook["steps"]): Playbook {
  return {
    category: { code: "fire", zh: "火情", en: "Fire", urgency: "life_safety", first_actions: words },
    route: "security",
    first_actions: words,
    first_actions_of: [],
    steps,
    alert: null,
    pictures: [],
    tell_customers: null,
  };
}

const FIRE = playbook(
  step("smoke", {
    choices: [
      { code: "yes", words, then: "call" },
      { code: "no", words, then: "cause" },
    ],
  }),
  step("call"),
  step("cause", { asks: words }),
  step("reset", { then: "end" }),
  step("tell", { room: "desk" }),
);

test("nobody knows yet where a question leads", () => {
  expect(wayAhead(FIRE, [], by).map((one) => one.code)).toEqual(["smoke"]);
});

test("an answer that waits shows its way, and the last one counts", () => {
  const no = { step: "smoke", answer: "no" };
  expect(wayAhead(FIRE, [no], by).map((one) => one.code)).toEqual(["smoke", "cause", "reset"]);
  const way = wayAhead(FIRE, [no, { step: "smoke", answer: "yes" }], by);
  expect(way.map((one) => one.code)).toEqual(["smoke", "call", "cause", "reset"]);
  expect(current(way)?.code).toBe("call");
});

test("what is optional does not stop the way, and comes after what is required", () => {
  const way = wayAhead(playbook(step("a", { required: false }), step("b")), [], by);
  expect(way.map((one) => one.code)).toEqual(["a", "b"]);
  expect(current(way)?.code).toBe("b");
});
