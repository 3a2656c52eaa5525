"""The centre watches its own seat, and somebody else is called in time (features B10, B18)."""

import json
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core.errors import NotFound, NotReadable
from core.facts.handover import Workstation
from core.facts.message import (
    Envelope,
    Message,
    MessageKind,
    MessageState,
    Messenger,
    MessengerCode,
    MessengerKind,
)
from core.facts.people import PersonCode, Role
from core.facts.roster import Post, PostCode, Row, Shift, ShiftCode
from core.facts.seat import Summons
from core.monitoring import presence
from core.outbox import links, sending
from core.roster import writing
from core.store.journal import THE_SITE
from tests.office import CAPTAIN, OPERATOR, SECOND_OPERATOR, Office

SEAT = Workstation("seat-1")
FRIDAY = date(2026, 11, 20)
ROBOT, SMS = MessengerCode("captains"), MessengerCode("sms")


@pytest.fixture
def manned(office: Office) -> Office:
    """On Friday an operator is on duty from eight to eight, and has just sat down at ten."""
    post, day = PostCode("centre"), ShiftCode("day")
    seat = Post(code=post, name="监控中心", role=Role.OPERATOR, place=None, least=1)
    office.does(writing.write_post, post=seat, by=CAPTAIN)
    shift = Shift(code=day, name="白班", begins=time(8), ends=time(20))
    office.does(writing.write_shift, shift=shift, by=CAPTAIN)
    rows = [Row(day=FRIDAY, post=post, shift=day, person=OPERATOR)]
    office.does(writing.write, first=FRIDAY, last=FRIDAY, rows=rows, by=CAPTAIN)
    _tells(office)
    return office


def _tells(
    office: Office,
    *,
    by: PersonCode = OPERATOR,
    present: bool = True,
    trouble: str | None = None,
) -> None:
    office.does(
        presence.tell,
        by=by,
        workstation=SEAT,
        present=present,
        sound_blocked=trouble == "sound_blocked",
        stream_stale=trouble == "stream_stale",
    )


def _told(office: Office) -> list[str]:
    """What the journal says of the seat."""
    kinds = office.kinds(THE_SITE)
    return [kind for kind in kinds if kind.startswith(("seat_", "sound_"))]


def _summons(office: Office, person: PersonCode = CAPTAIN) -> list[Summons]:
    with office.database.read() as store:
        return store.seats.summons(office.site, person, limit=9)


def test_nobody_there_is_asked_and_then_the_captain_is_called_once(manned: Office) -> None:
    manned.fast_forward(minutes=9, seconds=59)
    assert _told(manned) == []
    manned.fast_forward(seconds=1)
    assert _told(manned) == ["seat_deserted"]
    manned.fast_forward(seconds=59)
    assert _summons(manned) == []
    manned.fast_forward(seconds=1)
    assert [one.trouble for one in _summons(manned)] == ["nobody_present"]

    manned.fast_forward(hours=2)
    manned.tick()
    assert _told(manned) == ["seat_deserted", "seat_called"]
    assert json.loads(manned.journal(THE_SITE)[-1].body)["people"] == [CAPTAIN]

    _tells(manned, by=SECOND_OPERATOR)
    assert manned.kinds(THE_SITE)[-1] == "seat_taken"
    assert manned.journal(THE_SITE)[-1].by == SECOND_OPERATOR
    manned.fast_forward(minutes=11)
    manned.fast_forward(minutes=1)
    assert len(_summons(manned)) == 2  # another lapse, another call


def test_whoever_gives_a_sign_is_not_asked(manned: Office) -> None:
    for _ in range(6):
        manned.fast_forward(minutes=9)
        _tells(manned)
    assert _told(manned) == []
    # A console that only says how it is has nobody before it.
    manned.fast_forward(minutes=9)
    _tells(manned, present=False)
    manned.fast_forward(minutes=1)
    assert _told(manned) == ["seat_deserted"]
    _tells(manned)
    manned.fast_forward(minutes=5)
    assert (_told(manned), _summons(manned)) == (["seat_deserted", "seat_taken"], [])


def test_by_night_it_takes_longer_and_off_duty_nobody_is_asked(manned: Office) -> None:
    manned.at(FRIDAY, "19:55")
    _tells(manned)
    manned.fast_forward(minutes=30)
    assert _told(manned) == []
    with manned.database.read() as store:
        times = store.rules_of(manned.site).policy.monitoring
    assert [presence.allowed(times, hour) for hour in (6, 7, 21, 22)] == [
        timedelta(minutes=20),
        timedelta(minutes=10),
        timedelta(minutes=10),
        timedelta(minutes=20),
    ]


@pytest.mark.parametrize("trouble", ["sound_blocked", "stream_stale"])
def test_a_console_that_is_deaf_or_blind_calls_the_captain_once(
    manned: Office, trouble: str
) -> None:
    _tells(manned, trouble=trouble)
    manned.fast_forward(seconds=30)
    _tells(manned, trouble=trouble)
    manned.fast_forward(seconds=29)
    assert _summons(manned) == []
    manned.fast_forward(seconds=1)
    assert [one.trouble for one in _summons(manned)] == [trouble]
    manned.fast_forward(seconds=30)
    _tells(manned, trouble=trouble)
    manned.fast_forward(minutes=3)
    assert len(_summons(manned)) == 1
    assert json.loads(manned.journal(THE_SITE)[-1].body)["workstation"] == SEAT

    _tells(manned)
    _tells(manned, trouble=trouble)
    manned.fast_forward(seconds=60)
    assert len(_summons(manned)) == 2


def test_a_console_that_is_well_again_or_gone_calls_nobody(manned: Office) -> None:
    _tells(manned, trouble="sound_blocked")
    manned.fast_forward(seconds=59)
    _tells(manned)
    manned.fast_forward(minutes=2)
    _tells(manned, trouble="sound_blocked")
    manned.now += timedelta(seconds=20)
    manned.does(presence.leave, by=OPERATOR, workstation=SEAT)
    manned.fast_forward(minutes=2)
    assert _summons(manned) == []


def test_a_summons_is_read_by_whom_it_calls(manned: Office) -> None:
    manned.fast_forward(minutes=10)
    manned.fast_forward(minutes=1)
    (called,) = _summons(manned)
    read = manned.does(presence.acknowledge, number=called.id, by=CAPTAIN)
    assert read.acknowledged_at == manned.now
    with pytest.raises(NotFound):
        manned.does(presence.acknowledge, number=called.id, by=OPERATOR)


def test_a_mute_is_short_and_written_down(manned: Office) -> None:
    manned.does(presence.mute, by=OPERATOR, workstation=SEAT, seconds=60)
    entry = manned.journal(THE_SITE)[-1]
    assert (entry.kind, entry.by) == ("sound_muted", OPERATOR)
    for seconds in (0, 61):
        with pytest.raises(NotReadable):
            manned.does(presence.mute, by=OPERATOR, workstation=SEAT, seconds=seconds)


# --- told by another way than the product's own pages (B18) ------------------------------------


def _wired(office: Office) -> None:
    """A group's robot and a gateway for short messages; the captain has a number."""
    ways = ((ROBOT, MessengerKind.WECOM), (SMS, MessengerKind.SMS))
    messengers = [
        Messenger(code=code, kind=kind, url=f"http://127.0.0.1:1/{code}") for code, kind in ways
    ]
    with office.database.begin() as store:
        store.messengers.seed(office.site, messengers)
        captain = replace(store.people.find(office.site, CAPTAIN), phone="13800000009")
        store.people.edit(office.site, persons=[captain])


def _messages(office: Office) -> dict[str, Message]:
    """What is about a summons, by way."""
    with office.database.read() as store:
        found = store.messages.latest(office.site, states=tuple(MessageState), limit=99)
    return {one.way: one for one in found if one.kind is MessageKind.SUMMONS}


def _take(office: Office) -> Envelope | None:
    with office.database.begin() as store:
        return sending.take(store, now=office.now)


def _fail(office: Office, *, final: bool) -> None:
    """Let whatever leaves now fail."""
    while (envelope := _take(office)) is not None:
        with office.database.begin() as store:
            sending.failed(store, envelope, why="503", final=final, now=office.now)


def _deserted(office: Office) -> None:
    office.fast_forward(minutes=10)
    office.fast_forward(minutes=1)


def test_the_captain_is_told_by_every_way_in_the_tick_that_calls_him(manned: Office) -> None:
    _wired(manned)
    manned.fast_forward(minutes=10)
    assert _messages(manned) == {}
    manned.fast_forward(minutes=1)  # the question and a minute: not a second later

    (summons,) = _summons(manned)
    told = _messages(manned)

    assert set(told) == {ROBOT, SMS}
    for one in told.values():
        assert (one.person, one.issue, one.summons) == (CAPTAIN, None, summons.id)
        assert (one.created_at, one.due_at) == (manned.now, manned.now)
        assert "监控中心无人应答" in one.words.zh
        assert "Nobody answers" in one.words.en
    manned.fast_forward(hours=1)
    assert len(_messages(manned)) == 2  # once for each lapse, however often time looks


@pytest.mark.parametrize("trouble", ["sound_blocked", "stream_stale"])
def test_quiet_hours_hold_no_summons(manned: Office, trouble: str) -> None:
    _wired(manned)
    manned.at(FRIDAY, "23:30")
    _tells(manned, trouble=trouble)
    manned.fast_forward(seconds=60)

    told = _messages(manned)

    assert {one.due_at for one in told.values()} == {manned.now}
    assert (envelope := _take(manned)) is not None
    assert envelope.urgent


def test_the_link_acknowledges_the_summons_and_ends_the_repeats(manned: Office) -> None:
    _wired(manned)
    _deserted(manned)
    _fail(manned, final=False)
    manned.now += timedelta(minutes=1)
    with manned.database.begin() as store:
        message = links.use(store, _messages(manned)[SMS].token, now=manned.now)
    number = message.summons
    assert number is not None
    manned.does(presence.acknowledge, number=number, by=message.person)

    assert _take(manned) is None
    assert {one.state for one in _messages(manned).values()} == {MessageState.DROPPED}


def test_nobody_is_told_of_a_seat_that_is_taken_again(manned: Office) -> None:
    _wired(manned)
    _deserted(manned)
    _tells(manned, by=SECOND_OPERATOR)

    assert _take(manned) is None
    assert len(_summons(manned)) == 1  # on his pages it stands until he has read it


def test_a_summons_that_reached_nobody_waits_for_somebody_who_sends_it_again(
    manned: Office,
) -> None:
    _wired(manned)
    _deserted(manned)
    _fail(manned, final=True)

    assert manned.kinds(THE_SITE)[-1] == "message_failed"
    with manned.database.read() as store:
        assert store.messages.failed(manned.site) == 1
        (failed,) = store.messages.latest(manned.site, states=[MessageState.FAILED], limit=9)
    with manned.database.begin() as store:
        sending.retry(store, failed, by=OPERATOR, now=manned.now)
    assert manned.kinds(THE_SITE)[-1] == "message_sent_again"
    assert _take(manned) is not None


def test_a_message_is_about_one_thing(manned: Office) -> None:
    _wired(manned)
    _deserted(manned)
    with pytest.raises(IntegrityError), manned.database.begin() as store:
        store.messages.change(_messages(manned).values(), summons=None)
