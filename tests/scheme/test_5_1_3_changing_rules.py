"""五.1(3): a change of policy or calendar is shown on open issues before it is saved (E3, E7)."""

import json
from datetime import date, datetime, timedelta

import pytest

from core.errors import BadCatalogue, BadPolicy, Incomplete, NotAllowedNow
from core.escalation import auditor, pausing
from core.escalation.calendar_file import parse_calendar
from core.escalation.explain import explain
from core.escalation.policy_file import default_policy, parse_policy
from core.facts.issue import IssueNumber, Urgency
from core.facts.rules import Edition, RuleKind
from core.rules import changing, seeding, texts
from core.store.journal import THE_SITE
from tests.office import AGENT, DIRECTOR, SUPERVISOR, Office

FRIDAY = date(2026, 11, 20)
LATER = """version = 2
[ladder.urgent]
steps = [
    { day = 2, to = "general_group_supervisor", rule = "五.1(3)②" },
    { day = 4, to = "director", rule = "五.1(3)②" },
]
"""
WORKING = 'version = {}\n[clock]\ndays = "working"\n'
HOLIDAY = '[days]\n"2026-11-23" = "holiday"\n"2026-11-28" = "working"\n'


def previews(office: Office, kind: RuleKind, text: str) -> changing.Preview:
    with office.database.read() as store:
        return changing.preview(store, site=office.site, kind=kind, text=text, now=office.now)


def changes(office: Office, kind: RuleKind, text: str, *, base: int = 0) -> Edition:
    return office.does(changing.change, kind=kind, text=text, base=base, reason="试行", by=DIRECTOR)


def due(office: Office, issue: IssueNumber) -> datetime | None:
    return office.issue(issue).next_due_at


def end_of(day: date) -> datetime:
    return datetime.fromisoformat(f"{day}T16:00:00+00:00")


def findings(office: Office) -> tuple[auditor.Finding, ...]:
    with office.database.read() as store:
        return auditor.audit(store, now=office.now).findings


def test_a_preview_says_which_issues_move_and_saves_nothing(office: Office) -> None:
    lamp, litter = office.accepted(urgency=Urgency.URGENT), office.accepted(category="litter")

    found = previews(office, RuleKind.POLICY, LATER)

    assert [move.issue.number for move in found.moves] == [lamp]
    (move,) = found.moves
    assert [step.due_at for step in move.before] == [end_of(FRIDAY), end_of(FRIDAY + timedelta(1))]
    assert [step.due_at for step in move.after] == [
        end_of(FRIDAY + timedelta(1)),
        end_of(FRIDAY + timedelta(3)),
    ]
    assert (found.looked_at, found.version, found.base) == (2, 2, 0)
    assert due(office, lamp) == end_of(FRIDAY)
    assert due(office, litter) == end_of(FRIDAY + timedelta(1))


def test_saved_every_open_issue_waits_by_it_at_once(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    changes(office, RuleKind.POLICY, LATER)
    assert due(office, lamp) == end_of(FRIDAY + timedelta(1))
    assert findings(office) == ()
    office.fast_forward(days=1)
    assert office.called_in(lamp) == []
    office.fast_forward(days=1)
    assert office.called_in(lamp) == [SUPERVISOR]
    with office.database.read() as store:
        (entry,) = store.journal.of_issue(office.site, THE_SITE)
    said = json.loads(entry.body)
    assert (entry.kind, entry.by, said["version"], said["moved"]) == (
        "policy_changed",
        DIRECTOR,
        2,
        1,
    )


def test_what_fired_under_the_old_version_stays_fired(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    office.fast_forward(days=1)
    assert office.called_in(lamp) == [SUPERVISOR]
    changes(office, RuleKind.POLICY, LATER)
    for _ in range(5):
        office.fast_forward(days=1)
    assert office.called_in(lamp) == [SUPERVISOR, DIRECTOR]


def test_a_step_that_the_new_policy_puts_in_the_past_fires_at_once(office: Office) -> None:
    lamp = office.accepted(category="litter")
    office.fast_forward(days=1)
    sooner = 'version = 2\n[ladder.ordinary]\nsteps = [{ day = 1, to = "director", rule = "x" }]\n'
    changes(office, RuleKind.POLICY, sooner)
    office.tick()
    assert office.called_in(lamp) == [DIRECTOR]


def test_a_calendar_moves_only_policies_that_count_working_days(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    assert previews(office, RuleKind.CALENDAR, HOLIDAY).moves == ()
    changes(office, RuleKind.POLICY, WORKING.format(2))
    # Friday is day 1; day 2 is Monday, and with the holiday Tuesday.
    (move,) = previews(office, RuleKind.CALENDAR, HOLIDAY).moves
    assert move.after[1].due_at - move.before[1].due_at == timedelta(days=1)
    changes(office, RuleKind.CALENDAR, HOLIDAY)
    office.fast_forward(days=1)
    assert due(office, lamp) == end_of(date(2026, 11, 24))
    assert findings(office) == ()


def test_life_safety_knows_neither_calendar_nor_days(office: Office) -> None:
    press = office.press()
    office.claim(press)
    office.complete(press, category="lift_trapped")
    assert previews(office, RuleKind.POLICY, WORKING.format(2)).moves == ()


def test_pauses_are_kept_and_end_sooner_where_the_new_limit_is_shorter(office: Office) -> None:
    lamp = office.accepted(urgency=Urgency.URGENT)
    until = office.now + timedelta(days=5)
    pause = office.does(pausing.ask, issue=lamp, by=AGENT, until=until, reason="等配件")
    office.does(pausing.grant, pause=pause.id, by=SUPERVISOR)
    changes(office, RuleKind.POLICY, "version = 2\n[pause]\nlimit_seconds = 86400\n")
    assert due(office, lamp) == end_of(FRIDAY + timedelta(1))
    assert findings(office) == ()


def test_a_version_never_comes_twice(office: Office) -> None:
    with pytest.raises(BadPolicy, match="must be 2 or later"):
        changes(office, RuleKind.POLICY, "version = 1\n")
    changes(office, RuleKind.POLICY, "version = 7\n")
    with pytest.raises(BadPolicy, match="must be 8 or later"):
        changes(office, RuleKind.POLICY, "version = 7\n", base=7)
    assert changes(office, RuleKind.CALENDAR, HOLIDAY).version == 1
    assert changes(office, RuleKind.CALENDAR, HOLIDAY, base=1).version == 2


def test_two_who_change_at_once_do_not_overwrite_each_other(office: Office) -> None:
    changes(office, RuleKind.POLICY, "version = 2\n")
    with pytest.raises(NotAllowedNow, match="version 2"):
        changes(office, RuleKind.POLICY, "version = 3\n", base=0)


def test_mistakes_are_named_and_nothing_is_saved(office: Office) -> None:
    with pytest.raises(BadPolicy, match=r"ladder\.urgent\.steps\[1\]\.day"):
        previews(office, RuleKind.POLICY, LATER.replace("day = 2", "day = 0"))
    with pytest.raises(BadPolicy, match="not a date"):
        changes(office, RuleKind.CALENDAR, '[days]\n"someday" = "holiday"\n')
    with pytest.raises(Incomplete):
        office.does(
            changing.change, kind=RuleKind.POLICY, text=LATER, base=0, reason=" ", by=DIRECTOR
        )
    with office.database.read() as store:
        assert store.editions.in_force(office.site) == []


def test_a_category_that_issues_bear_stays(office: Office) -> None:
    office.accepted(category="litter")
    shipped = texts.shipped(RuleKind.CATALOGUE)
    assert "[litter]" in shipped
    with pytest.raises(BadCatalogue, match="litter: issues bear it"):
        changes(office, RuleKind.CATALOGUE, shipped.replace("[litter]", "[rubbish]"))
    dearer = shipped.replace('urgency = "ordinary"', 'urgency = "urgent"', 1)
    changes(office, RuleKind.CATALOGUE, dearer)
    assert office.issue(office.accepted(category="litter")).urgency is Urgency.URGENT


def test_the_shipped_texts_can_be_taken_edited_and_saved(office: Office) -> None:
    text = texts.shipped(RuleKind.POLICY).replace("version = 1", "version = 2")
    office.accepted(urgency=Urgency.URGENT)
    assert previews(office, RuleKind.POLICY, text).moves == ()
    changes(office, RuleKind.POLICY, text)


def test_explain_reads_what_is_stored_and_comes_to_the_same(office: Office) -> None:
    changes(office, RuleKind.POLICY, WORKING.format(2))
    changes(office, RuleKind.CALENDAR, HOLIDAY)
    lamp = office.accepted(urgency=Urgency.URGENT)
    with office.database.read() as store:
        policy, calendar = (
            store.editions.find(office.site, kind, version).text
            for kind, version in ((RuleKind.POLICY, 2), (RuleKind.CALENDAR, 1))
        )
    steps = explain(
        urgency=Urgency.URGENT,
        reported_at="2026-11-20T10:00",
        rules=parse_policy(policy, where="", fallback=default_policy()),
        calendar=parse_calendar(calendar, where=""),
    )
    first = due(office, lamp)
    assert first is not None
    assert steps[0]["due_at_utc"] == "2026-11-20T16:00:00Z"
    assert first.isoformat() == "2026-11-20T16:00:00+00:00"
    assert steps[1]["due_at_utc"] == "2026-11-24T16:00:00Z"


def test_chinas_year_is_seeded_with_its_make_up_days() -> None:
    days = {one.day: one.working for one in seeding.china(2026)}
    assert days[date(2026, 10, 1)] is False
    assert days[date(2026, 10, 10)] is True  # a Saturday, worked for the week of National Day
    calendar = parse_calendar(seeding.toml(seeding.china(2026)), where="")
    assert calendar.works_on(date(2026, 10, 10))
    assert not calendar.works_on(date(2026, 10, 7))
    assert calendar.works_on(date(2026, 10, 8))
