import { expect, test } from "vitest";
import { byHand, sha256 } from "./sha256";

test("by hand as by the machine, around every edge of a block", async () => {
  for (const length of [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100_003]) {
    const bytes = Uint8Array.from({ length }, (_, n) => (n * 31 + length) & 0xff);
    expect(byHand(bytes), String(length)).toBe(await sha256(bytes.buffer));
  }
  expect(byHand(new TextEncoder().encode("abc"))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
