import { afterEach, beforeEach, expect, test } from "vitest";
import { remember } from "../app/settings";
import { deviceWords } from "./device-words";

beforeEach(() => remember({ language: "zh" }));
afterEach(() => remember({ language: null }));

test.each([
  ["no picture from before that moment is kept", "没有保存那一刻之前的图像"],
  ["no picture from that moment is kept; the oldest is 40 s later", "没有保存那一刻的图像；最早的一张晚 40 秒"],
  ["the camera answered 503 Service Unavailable", "摄像机答复 503"],
  ["38% of the region differs; light fell by 20%", "区域内 38% 有差异；光线减弱 20%"],
  ["the whole picture was asked about; a region tells more", "比较的是整个画面，划定区域会更准"],
  ["3 of 9 parts of the region differ", "区域 9 块中有 3 块不同"],
  ["no_gateway_answered", "一天内没有网关应答"],
  ["BUSY: 0x2F", "“BUSY: 0x2F”（设备原话）"],
  [null, "网关没有说明原因"],
])("%s is said in Chinese", (reason, words) => expect(deviceWords(reason)).toBe(words));

test("in English our own sentences stay, and a device's words are marked", () => {
  remember({ language: "en" });
  expect(deviceWords("the camera did not answer in time")).toBe("the camera did not answer in time");
  expect(deviceWords("BUSY: 0x2F")).toContain("BUSY: 0x2F");
  expect(deviceWords("BUSY: 0x2F")).not.toBe("BUSY: 0x2F");
});
