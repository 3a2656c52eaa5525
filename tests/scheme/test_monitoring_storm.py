"""A storm is folded for the eye, and each of its events is ticked afterwards (D4)."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.errors import Incomplete, NotAllowedNow
from core.facts.device import DeviceCode, DeviceEvent, EventType
from core.facts.issue import Status
from core.facts.report import Cause, Report, ReportClass, ReportNumber, StormNumber
from core.facts.rules import RuleKind
from core.facts.storm import Part, Rolled, Storm, Then
from core.monitoring import roll_call
from core.monitoring.roll_call import Ticking
from core.store.journal import THE_SITE, Written
from tests.office import DIRECTOR, DOOR, OPERATOR, Office

FIRST = StormNumber(1)
#: Small, so that a story of a storm stays short.
RULE = """version = 2
[storm]
events_per_minute = 20
calm_per_minute = 5
calm_seconds = 120
"""
LIFE = (EventType.FIRE_ALARM, EventType.HELP_PRESSED)
KINDS = (
    *LIFE,
    EventType.INTERCOM_RINGING,
    EventType.INTERCOM_ENDED,
    EventType.ALARM_RAISED,
    EventType.ALARM_CLEARED,
    EventType.DEVICE_SILENT,
    EventType.DEVICE_BACK,
    EventType.DOOR_FORCED,
    EventType.DOOR_CLOSED,
    EventType.CREDENTIAL_PRESENTED,
)


@pytest.fixture
def stormy(office: Office) -> Office:
    """An office to which more than twenty events a minute are a storm."""
    with office.database.begin() as store:
        store.journal.lock(office.site)
        store.put_in_force(
            office.site,
            kind=RuleKind.POLICY,
            version=2,
            text=RULE,
            by=DIRECTOR,
            reason="试行",
            now=office.now,
        )
    return office


def alarms(
    office: Office, many: int, *, kind: EventType = EventType.DEVICE_SILENT, of: str = "meter"
) -> list[DeviceEvent]:
    return [office.event(kind, device=DeviceCode(f"{of}-{at}")) for at in range(many)]


def storms(office: Office) -> list[Storm]:
    with office.database.read() as store:
        return store.storms.page(office.site, limit=100, before=None)


def roll(office: Office, storm: StormNumber = FIRST) -> list[Rolled]:
    with office.database.read() as store:
        return store.storms.roll(office.site, storm, limit=100_000)


def parts(office: Office, storm: StormNumber = FIRST) -> list[Part]:
    with office.database.read() as store:
        return store.storms.parts(office.site, [storm])[storm]


def folded(office: Office, storm: StormNumber = FIRST) -> list[Report]:
    with office.database.read() as store:
        return store.folds.folded(office.site, storm)


def everything(office: Office) -> list[Report]:
    with office.database.read() as store:
        return [
            report
            for report in store.reports.received_since(office.site, office.now.replace(year=2000))
            if report.queued
        ]


def about_site(office: Office, kind: str) -> list[Written]:
    with office.database.read() as store:
        return store.journal.of_issue(office.site, THE_SITE, kinds={kind})


def ticks(office: Office, **said: object) -> Storm:
    ticking = Ticking(**{"then": Then.WORK, **said})  # type: ignore[arg-type]
    return office.does(roll_call.tick, storm=FIRST, ticking=ticking, by=OPERATOR)


def test_as_many_as_are_allowed_are_no_storm(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 20))

    assert storms(stormy) == []
    assert len(stormy.queue()) == 20


def test_one_more_folds_the_whole_minute_under_one_row(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 20))
    stormy.fast_forward(seconds=20)
    stormy.hears(*alarms(stormy, 1, of="late"))

    (storm,) = storms(stormy)
    assert (storm.events, storm.peak, storm.ended_at) == (21, 21, None)
    assert stormy.queue() == []
    assert len(folded(stormy)) == 21
    entry = json.loads(about_site(stormy, "storm_began")[0].body)
    assert (entry["events"], entry["limit"]) == (21, 20)


def test_life_safety_and_calls_stand_by_themselves_on_top(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    stormy.hears(
        *alarms(stormy, 10, of="pump"),
        stormy.event(EventType.FIRE_PHONE_CALLING, call="fire-phone"),
        stormy.event(EventType.INTERCOM_RINGING, call="door"),
        stormy.event(EventType.HELP_PRESSED, call="help"),
    )

    assert [report.cls for report in stormy.queue()] == [
        ReportClass.LIFE_SAFETY,
        ReportClass.LIFE_SAFETY,
        ReportClass.CALL,
    ]
    assert len(folded(stormy)) == 40
    assert storms(stormy)[0].events == 43


def test_every_issue_exists_whether_folded_or_not(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))

    for report in folded(stormy):
        assert stormy.issue(report.issue).status is Status.REPORTED
        assert stormy.kinds(report.issue) == ["opened"]


def test_cards_are_no_storm(stormy: Office) -> None:
    stormy.hears(*(stormy.event(EventType.CREDENTIAL_PRESENTED) for _ in range(200)))

    assert storms(stormy) == []


def test_told_twice_is_counted_once(stormy: Office) -> None:
    told = alarms(stormy, 15)
    stormy.hears(*told)
    stormy.hears(*told)

    assert storms(stormy) == []


def test_it_is_over_after_it_was_calm_for_long_enough(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    stormy.fast_forward(seconds=90)
    stormy.hears(*alarms(stormy, 6, of="again"))  # louder than calm: it goes on
    stormy.fast_forward(seconds=119)
    stormy.hears(*alarms(stormy, 3, of="few"))  # calm: it changes nothing
    assert storms(stormy)[0].ended_at is None
    stormy.fast_forward(seconds=1)

    (storm,) = storms(stormy)
    assert storm.ended_at == stormy.now
    entry = json.loads(about_site(stormy, "storm_ended")[0].body)
    assert (entry["events"], entry["devices"], entry["folded"]) == (39, 39, 39)
    assert (entry["single"], entry["peak"]) == (0, 30)
    stormy.fast_forward(minutes=5)
    assert len(about_site(stormy, "storm_ended")) == 1


def test_what_comes_afterwards_stands_by_itself(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    stormy.fast_forward(minutes=3)
    stormy.hears(*alarms(stormy, 2, of="after"))

    assert [report.device for report in stormy.queue()] == ["after-0", "after-1"]
    assert len(folded(stormy)) == 30


def test_a_second_storm_has_a_row_of_its_own(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    stormy.fast_forward(minutes=3)
    stormy.hears(*alarms(stormy, 25, of="second"))

    assert [storm.events for storm in storms(stormy)] == [25, 30]


def test_the_roll_equals_the_events_and_says_what_became_of_each(stormy: Office) -> None:
    before = stormy.event(EventType.DOOR_FORCED)
    stormy.hears(before)
    stormy.fast_forward(minutes=2)
    stormy.hears(*alarms(stormy, 30), stormy.event(EventType.DOOR_FORCED))
    stormy.hears(stormy.event(EventType.DEVICE_BACK, device=DeviceCode("meter-3")))
    stormy.hears(stormy.event(EventType.DEVICE_BACK, device=DeviceCode("unheard-of")))

    lines = roll(stormy)
    assert [line.number for line in lines] == list(range(1, 34))
    door = next(line for line in lines if line.device == DOOR)
    assert not door.folded  # told again of what stood in the queue before
    back = lines[-2]
    assert stormy.issue(stormy.report(back.report).issue).status is Status.DISMISSED  # type: ignore[arg-type]
    assert (lines[-1].report, lines[-1].folded) == (None, False)
    assert sum(part.events for part in parts(stormy)) == len(lines) == storms(stormy)[0].events


def test_ticked_by_device_it_stands_in_the_queue_to_be_worked_on(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    storm = ticks(stormy, devices=frozenset({DeviceCode("meter-7")}))

    (report,) = stormy.queue()
    assert (report.device, storm.ticked) == ("meter-7", 1)
    assert stormy.kinds(report.issue) == ["opened", "roll_called"]
    assert [line.ticked_by for line in roll(stormy) if line.ticked_at] == [OPERATOR]


def test_all_at_once_needs_a_reason_and_nothing_is_left_then(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    with pytest.raises(Incomplete):
        ticks(stormy)
    with pytest.raises(Incomplete):
        ticks(stormy, then=Then.DISMISS, reason="停电已恢复")
    storm = ticks(stormy, then=Then.DISMISS, cause=Cause.CLEARED, reason="停电已恢复")

    assert (storm.ticked, folded(stormy), stormy.queue()) == (30, [], [])
    assert {line.ticked_by for line in roll(stormy)} == {OPERATOR}
    for line in roll(stormy):
        issue = stormy.issue(stormy.report(line.report).issue)  # type: ignore[arg-type]
        assert issue.status is Status.DISMISSED
        assert stormy.kinds(issue.number) == ["opened", "dismissed"]
    with pytest.raises(NotAllowedNow):
        ticks(stormy, reason="再点一次")


def test_it_stays_until_the_last_is_ticked(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    stormy.fast_forward(minutes=5)
    ticks(stormy, devices=frozenset(DeviceCode(f"meter-{at}") for at in range(29)))
    with stormy.database.read() as store:
        assert [storm.number for storm in store.storms.standing(stormy.site)] == [FIRST]
    ticks(stormy, devices=frozenset({DeviceCode("meter-29")}))

    with stormy.database.read() as store:
        assert store.storms.standing(stormy.site) == []


def test_whoever_takes_one_in_hand_has_seen_it(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    claimed = stormy.claim(folded(stormy)[0])

    assert [report.number for report in stormy.queue()] == [claimed.number]
    assert [line.report for line in roll(stormy) if line.ticked_at] == [claimed.number]
    assert len(folded(stormy)) == 29


def test_whoever_takes_a_call_of_the_storm_has_seen_that(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    call = stormy.press()
    stormy.claim(call)

    assert [line.report for line in roll(stormy) if line.ticked_by == OPERATOR] == [call.number]


def test_where_people_told_of_it_too_it_is_not_dismissed_with_the_rest(stormy: Office) -> None:
    stormy.hears(*alarms(stormy, 30))
    told = folded(stormy)[4]
    with stormy.database.begin() as store:
        (number,) = store.reports.numbers(stormy.site, 1)
        store.reports.add([_of_a_person(told, number)])
    ticks(stormy, then=Then.DISMISS, cause=Cause.CLEARED, reason="停电已恢复")

    assert stormy.issue(told.issue).status is Status.REPORTED
    assert [report.number for report in stormy.queue()] == [told.number]


@pytest.mark.parametrize("seed", range(2))
def test_folded_and_single_are_all_none_twice_and_life_safety_never(
    stormy: Office, seed: int
) -> None:
    by_chance = random.Random(seed)
    for _ in range(12):
        batch = [_anything(stormy, by_chance) for _ in range(by_chance.randint(1, 25))]
        stormy.hears(*batch)
        _somebody_acts(stormy, by_chance)
        _is_whole(stormy)
        stormy.fast_forward(seconds=by_chance.choice((1, 5, 30, 100)))
    stormy.fast_forward(minutes=5)

    _is_whole(stormy)
    assert storms(stormy)
    assert all(storm.ended_at for storm in storms(stormy))


def _anything(office: Office, by_chance: random.Random) -> DeviceEvent:
    kind = by_chance.choice(KINDS)
    call = f"call-{by_chance.randint(1, 30)}" if kind.startswith(("intercom", "help")) else None
    return office.event(kind, call=call, device=DeviceCode(f"device-{by_chance.randint(1, 12)}"))


def _somebody_acts(office: Office, by_chance: random.Random) -> None:
    going_on = storms(office)
    under = folded(office, going_on[0].number) if going_on else []
    if under and by_chance.random() < 0.4:
        office.claim(by_chance.choice(under))
    elif under and by_chance.random() < 0.4:
        devices = frozenset({report.device for report in under[:2] if report.device is not None})
        ticking = Ticking(then=Then.WORK, devices=devices)
        office.does(roll_call.tick, storm=going_on[0].number, ticking=ticking, by=OPERATOR)


def _is_whole(office: Office) -> None:
    going_on = storms(office)
    single = [report.number for report in office.queue()]
    under = [report for storm in going_on for report in folded(office, storm.number)]
    assert not {report.cls for report in under} & {ReportClass.LIFE_SAFETY, ReportClass.CALL}
    assert sorted([*single, *(report.number for report in under)]) == sorted(
        report.number for report in everything(office)
    )
    for storm in going_on:
        _adds_up(storm, roll(office, storm.number), parts(office, storm.number))


def _adds_up(storm: Storm, lines: Sequence[Rolled], counted: Sequence[Part]) -> None:
    assert [line.number for line in lines] == list(range(1, storm.events + 1))
    assert sum(part.events for part in counted) == storm.events
    assert sum(part.folded for part in counted) == sum(line.folded for line in lines)
    ticked = sum(line.ticked_at is not None for line in lines)
    assert storm.ticked == sum(part.ticked for part in counted) == ticked


def _of_a_person(report: Report, number: int) -> Report:
    return replace(
        report, number=ReportNumber(number), queued=False, storm=None, device=None, event_type=None
    )
