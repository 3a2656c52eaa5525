import { expect, test } from "vitest";
import type { Issue } from "../api/contract";
import { actsOn } from "./acts";

const ids = (status: Issue["status"], rights: readonly string[]) =>
  actsOn({ status, first_reporter: null } as Issue, (right) => rights.includes(right)).map(
    (act) => act.id,
  );

test("what waits for the desk can be accepted or returned, nothing else", () => {
  expect(ids("forwarded", ["work_issue", "close"])).toEqual(["accept", "return"]);
});

test("what was handled can be closed or taken up again", () => {
  expect(ids("handled", ["work_issue", "close", "note"])).toEqual(["close", "reopen", "note"]);
});

test("without the right there is no act", () => {
  expect(ids("accepted", [])).toEqual([]);
});
