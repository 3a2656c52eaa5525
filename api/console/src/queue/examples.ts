import type { Report } from "../api/contract";

const NOTHING: Report = {
  number: 1,
  issue: 1,
  channel: "intercom",
  cls: "call",
  priority: 2,
  event_type: "intercom.ringing",
  device: { code: "door-3-2", name: "3栋2单元门口机" },
  subject: null,
  place: { code: "b3-u2", name: "2单元", path: ["示范小区", "3栋", "2单元"] },
  told_at: "2026-11-23T12:00:00Z",
  received_at: "2026-11-23T12:00:01Z",
  shown_at: null,
  times_told: 1,
  call: null,
  hints: [],
  relays: [],
  caller: null,
  words: "",
  category: null,
  urgency: "urgent",
  claim: null,
  parked: null,
  parks: 0,
  back: null,
  offer: null,
  returned: null,
  status: "reported",
  completed: false,
  late: false,
  age_limits: { warn_seconds: 15, limit_seconds: 30 },
  issue_sentence: { zh: "", en: "" },
  open_here: 0,
  pictures: [],
  under: null,
  explains: 0,
  told_before: null,
};

/** A report for tests; what is not said is as an intercom call has it. */
export function aReport(change: Partial<Report> = {}): Report {
  return { ...NOTHING, ...change };
}
