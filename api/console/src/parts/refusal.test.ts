import { beforeAll, expect, test } from "vitest";
import { Refused } from "../api/client";
import { remember } from "../app/settings";
import { refusal } from "./refusal";

beforeAll(() => remember({ language: "zh" }));

const unit = { code: "office", name: "管理处", kind: "office" };

test("a lost race says who has it now", () => {
  const present = { claim: { by: { code: "op2", name: "值班员 02", unit } }, status: "reported" };
  expect(refusal(new Refused(409, "not_yours", "report 7 is held by op2", present))).toBe(
    "已被他人接手：值班员 02 正在处理",
  );
});

test("reasons people meet are in their language; the log's number stays", () => {
  const unknown = new Refused(422, "incomplete", "the caller is still to be identified; …");
  expect(refusal(unknown)).toContain("还没有查明");
  const broken = new Refused(
    500,
    "internal",
    "The centre failed; in its log this is 0123456789ab.",
  );
  expect(refusal(broken)).toContain("0123456789ab");
});

test("nobody is told which of log-in and password was wrong", () => {
  const wrong = new Refused(401, "wrong_log_in", "no such log-in and password");
  expect(refusal(wrong, "login")).toBe("用户名或密码不对。");
});

test("what may or may not have arrived is said to be uncertain", () => {
  expect(refusal(new Refused(0, "unreachable", ""))).toContain("未确认");
});
