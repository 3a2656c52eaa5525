"""The tables, a file for each noun. Each row belongs to a site; its id means nothing elsewhere."""

from core.store.tables.alerts import alert, copy
from core.store.tables.briefings import briefing, briefing_acknowledgement, playbook_known
from core.store.tables.causes import cause
from core.store.tables.customers import (
    customer,
    customer_phone,
    home,
    issue_sketch,
    merger,
    repeat,
    reporter,
)
from core.store.tables.device_events import device_event, quarantine
from core.store.tables.editions import edition
from core.store.tables.escalations import escalation, notice
from core.store.tables.feedback import feedback, inspection, verdict_link, visit
from core.store.tables.findings import camera_rule, finding
from core.store.tables.followups import followup, followup_clock
from core.store.tables.gateways import gateway
from core.store.tables.handovers import handover, left_seat, shift_note
from core.store.tables.issues import issue
from core.store.tables.journal import checkpoint, cursor, journal
from core.store.tables.merit import (
    deed,
    ledger,
    manipulation,
    merit_clock,
    merit_rules,
    proposal,
)
from core.store.tables.messages import message, messenger, subscription
from core.store.tables.on_test import on_test
from core.store.tables.pauses import pause
from core.store.tables.people import person, session, unit
from core.store.tables.pictures import comparison, picture, picture_file
from core.store.tables.places import device, place, site
from core.store.tables.plans import plan, plan_spot
from core.store.tables.promises import promise, promise_change
from core.store.tables.reports import relay, report
from core.store.tables.reviews import review
from core.store.tables.roster import absence, duty, post, shift, stand_in
from core.store.tables.running import counter, heartbeat, reply
from core.store.tables.schema import metadata
from core.store.tables.seats import seat, seat_watch, summons
from core.store.tables.statistics import (
    closed_month,
    issue_fact,
    month_count,
    month_customer,
    month_value,
    objection,
    occurrence,
    panel,
)
from core.store.tables.storms import pulse, storm, storm_event, storm_part
from core.store.tables.walls import wall

__all__ = [
    "absence",
    "alert",
    "briefing",
    "briefing_acknowledgement",
    "camera_rule",
    "cause",
    "checkpoint",
    "closed_month",
    "comparison",
    "copy",
    "counter",
    "cursor",
    "customer",
    "customer_phone",
    "deed",
    "device",
    "device_event",
    "duty",
    "edition",
    "escalation",
    "feedback",
    "finding",
    "followup",
    "followup_clock",
    "gateway",
    "handover",
    "heartbeat",
    "home",
    "inspection",
    "issue",
    "issue_fact",
    "issue_sketch",
    "journal",
    "ledger",
    "left_seat",
    "manipulation",
    "merger",
    "merit_clock",
    "merit_rules",
    "message",
    "messenger",
    "metadata",
    "month_count",
    "month_customer",
    "month_value",
    "notice",
    "objection",
    "occurrence",
    "on_test",
    "panel",
    "pause",
    "person",
    "picture",
    "picture_file",
    "place",
    "plan",
    "plan_spot",
    "playbook_known",
    "post",
    "promise",
    "promise_change",
    "proposal",
    "pulse",
    "quarantine",
    "relay",
    "repeat",
    "reply",
    "report",
    "reporter",
    "review",
    "seat",
    "seat_watch",
    "session",
    "shift",
    "shift_note",
    "site",
    "stand_in",
    "storm",
    "storm_event",
    "storm_part",
    "subscription",
    "summons",
    "unit",
    "verdict_link",
    "visit",
    "wall",
]
