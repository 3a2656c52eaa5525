import type { PlanSpot } from "../api/contract";

/** What a spot tells: somebody calls there, before it is on test, before it is silent or well. */
export function tellingOf(spot: PlanSpot): "life" | "calling" | "testing" | PlanSpot["state"] {
  if (spot.calls.some((call) => call.life_safety)) return "life";
  if (spot.calls.length > 0) return "calling";
  return spot.on_test_until ? "testing" : spot.state;
}
