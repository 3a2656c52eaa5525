import type { OnTest } from "../api/contract";
import { pathOf } from "../queue/title";
import { t } from "../words/words";

/** What is on test, in one line: a device, or a place with how many hang there. */
export function nameOf(test: OnTest): string {
  if (test.device) return test.device.name;
  const place = test.place ? pathOf(test.place.path) : "";
  return t("on_test.place", { place, count: test.devices.length });
}
