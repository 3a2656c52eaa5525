import { beforeEach, expect, test } from "vitest";
import { speakAs } from "../words/words";
import { callerBody, callerLacks, draftOf, forget, isDirty, keep, unsaid } from "./draft";
import { aReport } from "./examples";

beforeEach(() => speakAs("zh"));

test("the door's place and the likely caller are suggested, the category is not", () => {
  const draft = draftOf(aReport({ number: 70 }));
  expect(draft).toMatchObject({ caller: "customer", place: "b3-u2", category: null });
});

test("nobody is taken for the caller because of a card read nearby", () => {
  const hint = {
    who: "1502",
    method: "card" as const,
    granted: true,
    seconds: -6,
    device: { code: "door-3-2", name: "门口机" },
    at: "2026-11-23T12:00:00Z",
  };
  expect(draftOf(aReport({ number: 71, hints: [hint], channel: "fire_phone" })).caller).toBe(
    "unknown",
  );
});

test("what was typed stays with its report until it is sent", () => {
  const report = aReport({ number: 72 });
  keep(72, { ...draftOf(report), words: "漏水" });
  expect(draftOf(report).words).toBe("漏水");
  expect(isDirty(report)).toBe(true);
  forget(72);
  expect(isDirty(report)).toBe(false);
});

test("a member of staff is told by code, a customer by name", () => {
  expect(callerBody({ caller: "staff:g07", name: "x", phone: "" })).toEqual({
    kind: "staff",
    person: "g07",
  });
  expect(callerBody({ caller: "customer", name: " 王女士 ", phone: "" })).toEqual({
    kind: "customer",
    name: "王女士",
  });
});

test("words left empty are category and place, never invented ones", () => {
  const lamp = {
    code: "lamp",
    zh: "路灯不亮",
    en: "Street lamp out",
    urgency: "urgent" as const,
    first_actions: null,
  };
  expect(unsaid(lamp, "3栋")).toBe("路灯不亮，3栋");
  expect(unsaid(undefined, "3栋")).toBe("");
});

test("a customer must be found again: by name, flat or number", () => {
  expect(callerLacks({ caller: "customer", name: " ", phone: "" })).toBe(true);
  expect(callerLacks({ caller: "customer", name: "1502", phone: "" })).toBe(false);
  expect(callerLacks({ caller: "unknown", name: "", phone: "" })).toBe(false);
});
