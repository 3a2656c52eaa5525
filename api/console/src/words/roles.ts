import type { Role } from "../api/contract";

/** Who works with problems, in the order in which roles are offered everywhere. */
export const WORKING_ROLES: readonly Role[] = [
  "guard",
  "squad_leader",
  "captain",
  "cleaner",
  "engineer",
  "on_site_supervisor",
  "operator",
  "desk_agent",
  "general_group_supervisor",
  "director",
];

/** Everything a person may be: whoever administers the office works with no problem by that. */
export const ALL_ROLES: readonly Role[] = [...WORKING_ROLES, "administrator"];
