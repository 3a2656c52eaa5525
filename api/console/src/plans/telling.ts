import type { PlanSpot } from "../api/contract";

/** What a spot tells: somebody calls there before it is silent before it is well. */
export function tellingOf(spot: PlanSpot): "life" | "calling" | PlanSpot["state"] {
  if (spot.calls.some((call) => call.life_safety)) return "life";
  return spot.calls.length > 0 ? "calling" : spot.state;
}
