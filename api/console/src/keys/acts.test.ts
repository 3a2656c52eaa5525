import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { presentActs, pressed, useActs, useKeys } from "./acts";

function press(target: EventTarget, init: KeyboardEventInit): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
}

test("a letter acts, but not while somebody types", () => {
  const done: string[] = [];
  renderHook(() => useKeys());
  renderHook(() => useActs([{ id: "forward", words: "", keys: ["f"], run: () => done.push("f") }]));
  const input = document.body.appendChild(document.createElement("input"));

  press(document.body, { key: "F" });
  press(input, { key: "f" });

  expect(done).toEqual(["f"]);
});

test("Ctrl+Enter acts from within a field when the act says so", () => {
  const done: string[] = [];
  renderHook(() => useKeys());
  const act = { id: "go", words: "", keys: ["mod+Enter"], everywhere: true };
  renderHook(() => useActs([{ ...act, run: () => done.push("go") }]));
  const input = document.body.appendChild(document.createElement("input"));

  press(input, { key: "Enter", ctrlKey: true });

  expect(done).toEqual(["go"]);
});

test("acts go with the component that offered them", () => {
  const { unmount } = renderHook(() => useActs([{ id: "gone", words: "", run: () => undefined }]));
  expect(presentActs().map((act) => act.id)).toContain("gone");
  unmount();
  expect(presentActs().map((act) => act.id)).not.toContain("gone");
});

test("a key under a Chinese input method is still known", () => {
  expect(pressed(new KeyboardEvent("keydown", { key: "Process", code: "KeyJ" }))).toBe("j");
});
