"""Who may do what: one table, role × action. What is not in it is refused."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from core.facts.people import Role


class Action(StrEnum):
    """Everything the API lets people do. Each route names exactly one."""

    USE_SESSION = "use_session"
    FOLLOW_STREAM = "follow_stream"
    SEE_NOTICES = "see_notices"
    SEE_QUEUE = "see_queue"
    CLAIM = "claim"
    WORK_REPORT = "work_report"
    TAKE_OVER = "take_over"
    SEE_HANDOVERS = "see_handovers"
    HAND_OVER = "hand_over"
    TELL = "tell"
    TELL_MYSELF = "tell_myself"
    READ_ISSUES = "read_issues"
    REGISTER = "register"
    WORK_ISSUE = "work_issue"
    NOTE = "note"
    CLOSE = "close"
    CORRECT_FIRST_REPORTER = "correct_first_reporter"
    SEE_PICTURES = "see_pictures"
    ADD_PICTURE = "add_picture"
    REVIEW = "review"
    UNMUTE_RULE = "unmute_rule"
    SEE_CUSTOMERS = "see_customers"
    ENTER_CUSTOMER = "enter_customer"
    BRING_CUSTOMERS = "bring_customers"
    JOIN = "join"
    MERGE = "merge"
    SEE_PROMISES = "see_promises"
    PROMISE = "promise"
    SEE_FEEDBACK = "see_feedback"
    ENTER_FEEDBACK = "enter_feedback"
    INSPECT = "inspect"
    PLAN_INSPECTIONS = "plan_inspections"
    SEE_ESCALATIONS = "see_escalations"
    SEE_MONTHS = "see_months"
    CLOSE_MONTH = "close_month"
    PRINT_REGISTER = "print_register"
    SEE_PANELS = "see_panels"
    ASSIGN_PANEL = "assign_panel"
    SEE_OWN_MERIT = "see_own_merit"
    SEE_MERIT = "see_merit"
    SEE_DOSSIER = "see_dossier"
    PROPOSE_MERIT = "propose_merit"
    DECIDE_MERIT = "decide_merit"
    SEE_PLAYBOOKS = "see_playbooks"
    DO_STEP = "do_step"
    WAIVE = "waive"
    ANSWER_ALERTS = "answer_alerts"
    FOLLOW_UP = "follow_up"
    ACKNOWLEDGE_COPIES = "acknowledge_copies"
    SEE_MISSED = "see_missed"
    SEE_BRIEFINGS = "see_briefings"
    PUBLISH_BRIEFING = "publish_briefing"
    ESCALATE = "escalate"
    ASK_PAUSE = "ask_pause"
    SEE_PAUSES = "see_pauses"
    DECIDE_PAUSE = "decide_pause"
    SEE_RULES = "see_rules"
    CHANGE_RULES = "change_rules"
    SEE_ROSTER = "see_roster"
    WRITE_ROSTER = "write_roster"
    STAND_IN = "stand_in"
    SEE_PLACES = "see_places"
    SEE_PEOPLE = "see_people"
    SEE_DEVICES = "see_devices"
    PUT_ON_TEST = "put_on_test"
    SEE_PLANS = "see_plans"
    CHANGE_PLANS = "change_plans"
    SEE_DEVICE_EVENTS = "see_device_events"
    SEE_MESSAGES = "see_messages"
    SEE_GATEWAYS = "see_gateways"
    GRANT_WALL = "grant_wall"
    ADMINISTER = "administer"


_everybody = frozenset(Role)
_desk = frozenset({Role.DESK_AGENT})
_directors = frozenset({Role.GENERAL_GROUP_SUPERVISOR, Role.DIRECTOR})
_leaders = _directors | {Role.CAPTAIN}
_centre = _leaders | {Role.OPERATOR}
#: They read every issue of their site; everybody else reads his own.
READ_ALL = _centre | _desk

MAY: Mapping[Action, frozenset[Role]] = {
    Action.USE_SESSION: _everybody,
    Action.FOLLOW_STREAM: _everybody,
    Action.SEE_NOTICES: _everybody,
    Action.SEE_QUEUE: READ_ALL,
    Action.CLAIM: frozenset({Role.OPERATOR}),
    # Who took a report over must be able to finish it.
    Action.WORK_REPORT: _centre,
    Action.TAKE_OVER: _leaders,
    Action.SEE_HANDOVERS: _centre,
    # Whoever may hold reports at the centre.
    Action.HAND_OVER: _centre,
    Action.TELL: frozenset({Role.OPERATOR}),
    # What he found himself, in his own name only.
    Action.TELL_MYSELF: _everybody - {Role.ADMINISTRATOR},
    Action.READ_ISSUES: _everybody - {Role.ADMINISTRATOR},
    Action.REGISTER: _desk,
    Action.WORK_ISSUE: _desk,
    Action.NOTE: _desk | _directors,
    Action.CLOSE: _desk | _directors,
    Action.CORRECT_FIRST_REPORTER: _directors,
    # Of issues they read, and each look is written down.
    Action.SEE_PICTURES: _everybody - {Role.ADMINISTRATOR},
    # To issues they read: their own, or all where they deal with all.
    Action.ADD_PICTURE: _everybody - {Role.ADMINISTRATOR},
    # Whoever sits before recordings; who handled it is refused by the core.
    Action.REVIEW: _centre,
    Action.UNMUTE_RULE: _directors,
    # Telephones and doors of residents: for those who answer them, and nobody else.
    Action.SEE_CUSTOMERS: READ_ALL,
    Action.ENTER_CUSTOMER: _desk | _directors,
    # Every telephone in one file: not for those who only answer them.
    Action.BRING_CUSTOMERS: _directors,
    Action.JOIN: READ_ALL,
    Action.MERGE: _desk | _directors,
    # Whoever answers a customer knows what he was promised.
    Action.SEE_PROMISES: READ_ALL,
    Action.PROMISE: _desk | _directors,
    Action.SEE_FEEDBACK: _desk | _directors,
    Action.ENTER_FEEDBACK: _desk | _directors,
    Action.INSPECT: _directors | {Role.CAPTAIN, Role.SQUAD_LEADER},
    Action.PLAN_INSPECTIONS: _directors,
    Action.SEE_ESCALATIONS: _leaders,
    Action.SEE_MONTHS: _directors,
    Action.CLOSE_MONTH: frozenset({Role.DIRECTOR}),
    Action.PRINT_REGISTER: _desk | _directors,
    Action.SEE_PANELS: _directors,
    Action.ASSIGN_PANEL: frozenset({Role.DIRECTOR}),
    Action.SEE_OWN_MERIT: _everybody,
    Action.SEE_MERIT: _directors,
    # An on-site supervisor sees that of his own unit.
    Action.SEE_DOSSIER: _directors | {Role.ON_SITE_SUPERVISOR},
    Action.PROPOSE_MERIT: _directors,
    Action.DECIDE_MERIT: frozenset({Role.DIRECTOR}),
    Action.SEE_PLAYBOOKS: _everybody,
    Action.DO_STEP: _centre | _desk,
    Action.WAIVE: _directors,
    # Whoever is asked; the core takes only his own word.
    Action.ANSWER_ALERTS: _everybody - {Role.ADMINISTRATOR},
    Action.FOLLOW_UP: _everybody - {Role.ADMINISTRATOR},
    Action.ACKNOWLEDGE_COPIES: _everybody - {Role.ADMINISTRATOR},
    # An on-site supervisor sees those of his unit.
    Action.SEE_MISSED: _leaders | {Role.ON_SITE_SUPERVISOR},
    Action.SEE_BRIEFINGS: _everybody,
    Action.PUBLISH_BRIEFING: _directors,
    # Of issues they read; who holds one is the core's to say.
    Action.ESCALATE: _everybody - {Role.ADMINISTRATOR},
    Action.ASK_PAUSE: _everybody - {Role.ADMINISTRATOR},
    Action.SEE_PAUSES: READ_ALL,
    Action.DECIDE_PAUSE: _directors,
    Action.SEE_RULES: READ_ALL | {Role.ADMINISTRATOR},
    Action.CHANGE_RULES: frozenset({Role.DIRECTOR, Role.ADMINISTRATOR}),
    Action.SEE_ROSTER: _everybody,
    Action.WRITE_ROSTER: _leaders | {Role.ADMINISTRATOR},
    Action.STAND_IN: _centre | {Role.SQUAD_LEADER, Role.GUARD},
    Action.SEE_PLACES: _everybody,
    Action.SEE_PEOPLE: READ_ALL | {Role.ADMINISTRATOR},
    Action.SEE_DEVICES: READ_ALL | {Role.ADMINISTRATOR},
    # It silences alarms for a while: whoever sits before them knows, and the journal too.
    Action.PUT_ON_TEST: _centre | {Role.ADMINISTRATOR},
    Action.SEE_PLANS: READ_ALL | {Role.ADMINISTRATOR},
    Action.CHANGE_PLANS: _leaders | {Role.ADMINISTRATOR},
    Action.SEE_DEVICE_EVENTS: frozenset({Role.ADMINISTRATOR}),
    # Whoever must see to it that people are reached.
    Action.SEE_MESSAGES: _leaders | {Role.ADMINISTRATOR},
    Action.SEE_GATEWAYS: frozenset({Role.ADMINISTRATOR}),
    # A link for a display that shows counts and can do nothing else.
    Action.GRANT_WALL: _leaders,
    Action.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}


def allowed(roles: Collection[Role], action: Action) -> bool:
    """Whether somebody who is all of ``roles`` may do this."""
    return not MAY[action].isdisjoint(roles)


def actions(roles: Collection[Role]) -> list[Action]:
    """Return everything somebody may do, in the order of the table."""
    return [action for action in Action if allowed(roles, action)]


def reads_all(roles: Collection[Role]) -> bool:
    """Whether somebody reads every issue of his site, and not only his own."""
    return not READ_ALL.isdisjoint(roles)
