import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Choice } from "./Choice";

afterEach(cleanup);

const OPTIONS = [
  { value: "litter", label: "垃圾", names: ["litter"], digit: 1 },
  { value: "street_lamp", label: "路灯不亮", names: ["street_lamp", "Street lamp out"], digit: 2 },
  { value: "lift_stopped", label: "电梯停运", names: ["lift_stopped"] },
];

function form(picked: string[], value: string | null = null) {
  render(
    <div data-form>
      <Choice label="类别" options={OPTIONS} value={value} onPick={(one) => picked.push(one)} />
      <input aria-label="内容" data-field />
    </div>,
  );
  const field = screen.getByRole("combobox");
  field.focus();
  return field;
}

test("one digit picks and goes on to the words", () => {
  const picked: string[] = [];
  fireEvent.change(form(picked), { target: { value: "2" } });
  expect(picked).toEqual(["street_lamp"]);
  expect(document.activeElement).toBe(screen.getByLabelText("内容"));
});

test("pinyin initials narrow the list down and Enter takes what is marked", () => {
  const picked: string[] = [];
  const field = form(picked);
  fireEvent.change(field, { target: { value: "dt" } });
  expect(screen.getAllByRole("option").map((one) => one.textContent)).toEqual(["电梯停运"]);
  fireEvent.keyDown(field, { key: "Enter" });
  expect(picked).toEqual(["lift_stopped"]);
});

test("Enter on what is right already changes nothing and goes on", () => {
  const picked: string[] = [];
  fireEvent.keyDown(form(picked, "litter"), { key: "Enter" });
  expect(picked).toEqual([]);
  expect(document.activeElement).toBe(screen.getByLabelText("内容"));
});

test("what fits nothing is said, and Enter invents nothing", () => {
  const picked: string[] = [];
  const field = form(picked);
  fireEvent.change(field, { target: { value: "zzz" } });
  fireEvent.keyDown(field, { key: "Enter" });
  expect(screen.queryAllByRole("option")).toEqual([]);
  expect(picked).toEqual([]);
});

test("Escape takes back what was typed before it leaves the field", () => {
  const field = form([], "litter") as HTMLInputElement;
  fireEvent.change(field, { target: { value: "lud" } });
  fireEvent.keyDown(field, { key: "Escape" });
  expect(field.value).toBe("垃圾");
});

test("what is chosen lacks nothing before the options have come", () => {
  render(<Choice label="地点" options={[]} value="3-2" onPick={() => {}} required />);
  expect(screen.getByRole("combobox").dataset.missing).toBe("false");
});
