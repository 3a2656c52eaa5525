import type { Session } from "../api/contract";
import type { Page } from "../app/route";

/** What the API allows, by its own names. */
export type Action =
  | "see_queue"
  | "claim"
  | "work_report"
  | "take_over"
  | "tell"
  | "read_issues"
  | "register"
  | "work_issue"
  | "note"
  | "close"
  | "correct_first_reporter"
  | "see_pictures"
  | "add_picture"
  | "review"
  | "unmute_rule"
  | "see_escalations"
  | "escalate"
  | "ask_pause"
  | "see_pauses"
  | "decide_pause"
  | "see_rules"
  | "change_rules"
  | "see_roster"
  | "write_roster"
  | "see_notices"
  | "see_playbooks"
  | "do_step"
  | "waive"
  | "answer_alerts"
  | "follow_up"
  | "acknowledge_copies"
  | "see_missed"
  | "see_briefings"
  | "publish_briefing"
  | "see_people"
  | "see_devices"
  | "see_handovers"
  | "hand_over"
  | "see_messages"
  | "put_on_test"
  | "see_plans"
  | "change_plans"
  | "see_device_events"
  | "see_gateways"
  | "grant_wall"
  | "administer"
  | "see_months"
  | "close_month"
  | "enter_feedback"
  | "see_feedback"
  | "see_customers"
  | "enter_customer"
  | "see_promises"
  | "promise"
  | "bring_customers"
  | "join"
  | "merge"
  | "inspect"
  | "plan_inspections"
  | "print_register"
  | "see_panels"
  | "see_own_merit"
  | "see_merit"
  | "see_dossier"
  | "propose_merit"
  | "decide_merit"
  | "assign_panel";

/** Whether the API lets this session do something; it asks again at each act. */
export function may(session: Session, action: Action): boolean {
  return session.actions.includes(action);
}

const NEEDS: readonly (readonly [Page, Action])[] = [
  ["queue", "see_queue"],
  ["storms", "see_queue"],
  ["handover", "see_handovers"],
  ["desk", "work_issue"],
  ["issues", "read_issues"],
  ["today", "see_escalations"],
  ["overview", "see_months"],
  ["reviews", "review"],
  ["customers", "see_customers"],
  ["feedback", "see_feedback"],
  ["inspections", "inspect"],
  ["escalations", "see_escalations"],
  ["duties", "follow_up"],
  ["pauses", "decide_pause"],
  ["roster", "see_roster"],
  ["rules", "see_rules"],
  ["notices", "see_notices"],
  ["months", "see_months"],
  ["panels", "see_panels"],
  ["merit", "see_merit"],
  ["units", "see_dossier"],
  ["codes", "see_people"],
  ["points", "see_own_merit"],
  ["register", "print_register"],
  ["briefings", "see_briefings"],
  ["playbooks", "see_playbooks"],
  ["plans", "see_plans"],
  ["devices", "see_devices"],
  ["device-events", "see_device_events"],
  ["gateways", "see_gateways"],
  ["messages", "see_messages"],
  ["walls", "grant_wall"],
  ["administration", "administer"],
];

/** The pages the API lets a session see. The desk is the register with its acts: never both. */
export function allowedPages(session: Session): Page[] {
  const pages = NEEDS.filter(([, action]) => may(session, action)).map(([page]) => page);
  return pages.includes("desk") ? pages.filter((page) => page !== "issues") : pages;
}
