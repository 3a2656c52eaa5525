import { afterEach, expect, test } from "vitest";
import { remember } from "../app/settings";
import en from "./en";
import type { components } from "../api-types";
import { both, named, t } from "./words";
import zh from "./zh";

afterEach(() => remember({ language: null }));

test("both catalogues have the same keys, and no text is empty", () => {
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  expect(Object.values({ ...zh, ...en }).filter((text) => text === "")).toEqual([]);
});

test("no key stands in two rooms, where the later would hide the earlier", () => {
  const rooms: Record<string, object> = import.meta.glob("./zh/*.json", {
    import: "default",
    eager: true,
  });
  const keys = Object.values(rooms).flatMap((room) => Object.keys(room));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test("both name the same values to fill in", () => {
  const slots = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
    expect(slots(en[key]), key).toEqual(slots(zh[key]));
  }
});

test("every key that the sources ask for is there", () => {
  const sources: Record<string, string> = import.meta.glob("../**/*.{ts,tsx}", {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const asked = Object.values(sources).flatMap((text) =>
    [...text.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map((found) => found[1] ?? ""),
  );
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.filter((key) => !(key in zh))).toEqual([]);
});

test("the words follow the language, values are filled in", () => {
  remember({ language: "en" });
  expect(t("act.open_issue", { number: 12 })).toBe("Open issue #12");
  remember({ language: "zh" });
  expect(t("act.open_issue", { number: 12 })).toBe("打开问题 #12");
  expect(both({ zh: "路灯不亮", en: "Street lamp out" })).toBe("路灯不亮");
});

type Schemas = components["schemas"];

/** Every code the API can say has its words: a new one without them fails the type check. */
const SAID: Record<
  | `status.${Schemas["Status"]}`
  | `role.${Schemas["Role"]}`
  | `urgency.${Schemas["Urgency"]}`
  | `channel.${Schemas["Channel"]}`
  | `cls.${Schemas["ReportClass"]}`
  | `call.${Schemas["CallState"]}`
  | `cause.${Schemas["Cause"]}`
  | `caller.${Schemas["CallerKind"]}`
  | `means.${Schemas["Means"]}`
  | `method.${Schemas["Method"]}`
  | `outcome.${Schemas["Outcome"]}`
  | `step.${Schemas["StepState"]}`
  | `system.${Schemas["System"]}`
  | `device_state.${Schemas["DeviceState"]}`
  | `label.${Schemas["Label"]}`
  | `verdict.${Schemas["Verdict"]}`
  | `why.${Schemas["Why"]}`
  | `event.${Schemas["EventType"]}`,
  string
> = zh;

test("what the API can say is said in words", () => {
  expect(SAID["event.fire_phone.calling"]).toBe("消防电话呼叫");
});

test("a code nobody knows stays legible", () => {
  expect(named("event", "door.melted_down")).toBe("door.melted down");
});
