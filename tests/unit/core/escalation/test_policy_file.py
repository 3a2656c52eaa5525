"""policy.toml: the shipped scheme reads as the scheme; what a policy cannot mean is refused."""

from datetime import time, timedelta

import pytest

from core.errors import BadPolicy
from core.escalation.policy_file import default_policy, parse_policy
from core.facts.days import MIDNIGHT
from core.facts.issue import Urgency
from core.facts.ladder import AfterRung, DayRung
from core.facts.people import Role
from core.facts.policy import Clock, DayCount
from core.facts.report import ReportClass

WHOLE = """
version = 7
[clock]
day_ends_at = "18:30"
days = "working"
least_seconds = 3600
[ladder.urgent]
steps = [{ day = 1, to = "director", rule = "r" }]
[ladder.ordinary]
steps = [{ day = 2, to = ["captain", "director"], rule = "r" }]
[ladder.life_safety]
steps = [{ after_seconds = 0, to = "guard", rule = "r" }]
[monitoring]
claim_seconds = 61
life_safety_claim_seconds = 31
[monitoring.targets]
life_safety = { answer_seconds = [1, 2], accept_seconds = 3 }
call = { answer_seconds = [1, 2], accept_seconds = 3 }
alarm = { answer_seconds = [1, 2], accept_seconds = 3 }
telling = { answer_seconds = [1, 2], accept_seconds = 3 }
fault = { answer_seconds = [1, 2], accept_seconds = 3 }
[followup]
hour = 0
"""


def test_the_shipped_policy_is_the_scheme() -> None:
    scheme = default_policy()
    supervisor, director = (Role.GENERAL_GROUP_SUPERVISOR,), (Role.DIRECTOR,)
    assert scheme.version == 1
    assert scheme.clock == Clock(day_ends_at=MIDNIGHT, days=DayCount.CALENDAR, least=timedelta(0))
    assert scheme.ladders == {
        Urgency.URGENT: (
            DayRung(day=1, to=supervisor, rule="五.1(3)②"),
            DayRung(day=2, to=director, rule="五.1(3)②"),
        ),
        Urgency.ORDINARY: (
            DayRung(day=2, to=supervisor, rule="五.1(3)③"),
            DayRung(day=3, to=director, rule="五.1(3)③"),
        ),
        Urgency.LIFE_SAFETY: (
            AfterRung(
                after=timedelta(0), to=(Role.GUARD, Role.CAPTAIN, Role.OPERATOR), rule="五.1(3)"
            ),
            AfterRung(after=timedelta(minutes=5), to=director, rule="五.1(3)"),
        ),
    }


def test_the_shipped_policy_has_a_target_for_every_class_of_report() -> None:
    monitoring = default_policy().monitoring
    assert set(monitoring.targets) == set(ReportClass)
    assert (monitoring.claim, monitoring.life_safety_claim) == (
        timedelta(seconds=60),
        timedelta(seconds=30),
    )


def test_every_key_is_read() -> None:
    read = parse_policy(WHOLE, where="p.toml")
    assert read.version == 7
    assert read.clock == Clock(
        day_ends_at=time(18, 30), days=DayCount.WORKING, least=timedelta(hours=1)
    )
    assert read.ladders[Urgency.ORDINARY] == (
        DayRung(day=2, to=(Role.CAPTAIN, Role.DIRECTOR), rule="r"),
    )
    target = read.monitoring.targets[ReportClass.FAULT]
    assert [target.answer_first, target.answer_limit, target.accept] == [
        timedelta(seconds=seconds) for seconds in (1, 2, 3)
    ]
    assert read.monitoring.claim == timedelta(seconds=61)
    assert read.followup_hour == 0


def test_without_a_clock_days_are_counted_as_the_scheme_does() -> None:
    head, _, tail = WHOLE.partition("[clock]")
    without = head + tail[tail.index("[ladder.urgent]") :]
    assert parse_policy(without, where="p.toml").clock == Clock()


def test_what_a_short_policy_leaves_out_the_fallback_says() -> None:
    short = 'version = 2\n[ladder.urgent]\nsteps = [{ day = 1, to = "director", rule = "r" }]'
    scheme = default_policy()
    read = parse_policy(short, where="p.toml", fallback=scheme)
    assert read.ladders[Urgency.URGENT] == (DayRung(day=1, to=(Role.DIRECTOR,), rule="r"),)
    assert read.ladders[Urgency.ORDINARY] == scheme.ladders[Urgency.ORDINARY]
    assert (read.monitoring, read.followup_hour) == (scheme.monitoring, scheme.followup_hour)


def test_a_short_policy_without_fallback_is_told_all_that_is_missing() -> None:
    with pytest.raises(BadPolicy) as refused:
        parse_policy("version = 2", where="p.toml")
    assert str(refused.value).splitlines() == [
        "p.toml: ladder.life_safety: is missing",
        "p.toml: ladder.urgent: is missing",
        "p.toml: ladder.ordinary: is missing",
        "p.toml: monitoring: is missing",
        "p.toml: followup: is missing",
    ]


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse_policy("\ufeff" + WHOLE, where="p.toml").version == 7


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version = 7", "version = 0", "p.toml: version: "),
        ("version = 7", "version = true", "p.toml: version: "),
        ("version = 7", 'version = "7"', "p.toml: version: "),
        ("version = 7", "", "p.toml: version: is missing"),
        ("hour = 0", "hour = 24", "p.toml: followup.hour: "),
        ("hour = 0", "hours = 0", "p.toml: followup.hours: unknown key"),
        ("[clock]", "[klock]", "p.toml: klock: unknown key"),
        ('"18:30"', '"24:30"', "p.toml: clock.day_ends_at: a civil time"),
        ('"18:30"', '"00:00"', "p.toml: clock.day_ends_at: a civil time"),
        ('"18:30"', '"6:00"', "p.toml: clock.day_ends_at: a civil time"),
        ('"18:30"', "18:30:00", "p.toml: clock.day_ends_at: "),
        ('"working"', '"business"', "p.toml: clock.days: Input should be 'calendar' or 'working'"),
        ("least_seconds = 3600", "least_seconds = -1", "p.toml: clock.least_seconds: "),
        ("least_seconds = 3600", "least_seconds = 1.5", "p.toml: clock.least_seconds: "),
        ("day = 1", "day = 0", "p.toml: ladder.urgent.steps[1].day: "),
        ("day = 1", "days = 1", "p.toml: ladder.urgent.steps[1].days: unknown key"),
        ("day = 1", "after_seconds = 1", "p.toml: ladder.urgent.steps[1].day: is missing"),
        ('to = "director"', 'to = "boss"', "p.toml: ladder.urgent.steps[1].to[1]: Input should be"),
        ('to = "director"', "to = []", "p.toml: ladder.urgent.steps[1].to: "),
        ('["captain", "director"]', '["captain", "captain"]', "a role stands here twice"),
        ('to = "guard", rule = "r"', 'to = "guard", rule = ""', "life_safety.steps[1].rule: "),
        ("after_seconds = 0", "after_seconds = 5", "life safety begins at once"),
        ("after_seconds = 0", "day = 1", "ladder.life_safety.steps[1].after_seconds: is missing"),
        ("claim_seconds = 61", "claim_seconds = 0", "p.toml: monitoring.claim_seconds: "),
        ("fault = {", "faults = {", "p.toml: monitoring.targets.faults"),
        ("fault = { answer_seconds = [1, 2], accept_seconds = 3 }", "", "no target for fault"),
        (
            "alarm = { answer_seconds = [1, 2]",
            "alarm = { answer_seconds = [3, 2]",
            "first threshold",
        ),
        ("[ladder.urgent]", "[ladder.urgent", "p.toml: not TOML: "),
        ("[followup]", "[clock]", "p.toml: not TOML: "),
    ],
)
def test_what_a_policy_cannot_mean_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(BadPolicy) as refused:
        parse_policy(WHOLE.replace(old, new, 1), where="p.toml")
    assert message in str(refused.value)


def test_a_ladder_only_climbs() -> None:
    down = WHOLE.replace(
        '[{ day = 1, to = "director", rule = "r" }]',
        '[{ day = 2, to = "guard", rule = "r" }, { day = 1, to = "director", rule = "r" }]',
    )
    with pytest.raises(BadPolicy, match=r"ladder\.urgent\.steps: a ladder climbs"):
        parse_policy(down, where="p.toml")


def test_every_mistake_is_told_at_once() -> None:
    twice = WHOLE.replace("hour = 0", "hour = 99").replace('"18:30"', '"nine"')
    with pytest.raises(BadPolicy) as refused:
        parse_policy(twice, where="p.toml")
    assert len(str(refused.value).splitlines()) == 2
