import type { MouseEvent } from "react";

/**
 * After a click the keys are the page's again: else Enter would follow the same link once more
 * instead of claiming what waits. Who walks by Tab (a click without a pointer) stays where he is.
 */
export function giveKeysBack(event: MouseEvent<HTMLElement>): void {
  if (event.detail > 0) event.currentTarget.blur();
}
