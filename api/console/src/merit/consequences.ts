import type { Consequence } from "../api/contract";

/** Consequences that make a list of people or units, in the order in which they are shown. */
export const LISTS: readonly Consequence[] = [
  "commend",
  "criticise",
  "award_eligible",
  "award_ineligible",
  "renewal_priority",
  "renewal_ineligible",
  "supplier_qualified",
  "supplier_review",
  "supplier_struck_off",
  "contract_end",
];

/** Whatever can be proposed. */
export const CONSEQUENCES: readonly Consequence[] = ["points", ...LISTS];
