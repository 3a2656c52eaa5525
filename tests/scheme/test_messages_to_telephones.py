"""Whoever is called is reached on his telephone: when, by which ways, how often (J1, J3 to J6)."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from core.errors import LinkUsed, NotFound
from core.facts.device import EventType
from core.facts.issue import Urgency
from core.facts.message import (
    Envelope,
    Message,
    MessageKind,
    MessageState,
    Messenger,
    MessengerCode,
    MessengerKind,
)
from core.facts.people import Role
from core.outbox import links, sending
from core.store.database import Database
from tests.office import DIRECTOR, SUPERVISOR, ZONE, Office

FRIDAY = date(2026, 11, 20)
GROUP = MessengerCode("captains")
SMS = MessengerCode("sms")
EVERY_STATE = tuple(MessageState)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def wired(office: Office, *, roles: Sequence[Role] = (), per_minute: int = 20) -> None:
    """A group's robot and a gateway for short messages; two people have a number."""
    robot = Messenger(
        code=GROUP,
        kind=MessengerKind.WECOM,
        url="http://127.0.0.1:1/wecom",
        roles=frozenset(roles),
        per_minute=per_minute,
    )
    gateway = Messenger(code=SMS, kind=MessengerKind.SMS, url="http://127.0.0.1:1/sms")
    with office.database.begin() as store:
        store.messengers.seed(office.site, [robot, gateway])
        known = {one.code: one for one in store.people.all(office.site)}
        for code in (SUPERVISOR, DIRECTOR):
            person = known[code]
            numbered = type(person)(
                code=person.code,
                name=person.name,
                unit=person.unit,
                roles=person.roles,
                phone=f"1380000{len(code):04}",
            )
            store.people.edit(office.site, persons=[numbered])


def laid_out(office: Office) -> list[Message]:
    with office.database.read() as store:
        return store.messages.latest(office.site, states=EVERY_STATE, limit=500)[::-1]


def taken(office: Office) -> Envelope | None:
    with office.database.begin() as store:
        return sending.take(store, now=office.now)


def note_sent(office: Office, envelope: Envelope) -> None:
    with office.database.begin() as store:
        sending.sent(store, envelope, said="ok", gone=(), now=office.now)


def note_failed(office: Office, envelope: Envelope, *, final: bool = False) -> None:
    with office.database.begin() as store:
        sending.failed(store, envelope, why="503", final=final, now=office.now)


def emptied(office: Office) -> list[Envelope]:
    """Everything that leaves now, taken and sent."""
    out = []
    while (envelope := taken(office)) is not None:
        note_sent(office, envelope)
        out.append(envelope)
    return out


def test_what_is_urgent_leaves_on_the_evening_it_climbs(office: Office) -> None:
    wired(office)
    issue = office.forwarded(category="notice", urgency=Urgency.URGENT)
    office.at(date(2026, 11, 21), "00:00")
    office.tick()

    (message,) = [one for one in laid_out(office) if one.kind is MessageKind.NOTICE]

    assert message.person == SUPERVISOR
    assert message.issue == issue
    assert message.way == GROUP
    assert message.due_at == office.now
    assert message.words.zh.startswith(f"#{issue} ")
    assert "2单元" in message.words.zh
    (envelope,) = emptied(office)
    assert envelope.messages == (message,)
    assert taken(office) is None


def test_nobodys_name_and_no_word_of_a_customer_leaves(office: Office) -> None:
    wired(office)
    office.forwarded(
        category="notice", urgency=Urgency.URGENT, words="张阿姨家 厨房漏水 13912345678"
    )
    office.at(date(2026, 11, 21), "00:00")
    office.tick()

    said = "".join(one.words.zh + one.words.en for one in laid_out(office))

    assert said
    assert "张阿姨" not in said
    assert "13912345678" not in said
    assert "1502" not in said


def test_ordinary_messages_of_the_night_come_as_one_in_the_morning(office: Office) -> None:
    wired(office)
    numbers = [office.forwarded(category="notice", urgency=Urgency.ORDINARY) for _ in range(3)]
    office.at(date(2026, 11, 22), "00:00")  # the end of day 2
    office.tick()

    waiting = [one for one in laid_out(office) if one.kind is MessageKind.NOTICE]
    assert [one.issue for one in waiting] == numbers
    assert not [one for one in emptied(office) if one.messages[0].kind is MessageKind.NOTICE]

    office.at(date(2026, 11, 22), "07:29")
    assert not [one for one in emptied(office) if one.messages[0].kind is MessageKind.NOTICE]
    office.at(date(2026, 11, 22), "07:30")
    (digest,) = emptied(office)
    assert [one.issue for one in digest.messages] == numbers


def test_for_a_life_all_ways_are_taken_at_once_at_any_hour(office: Office) -> None:
    wired(office)
    office.at(FRIDAY, "23:30")
    office.hears(office.event(EventType.HELP_PRESSED))
    office.tick()
    office.fast_forward(seconds=300)

    to_director = [one for one in laid_out(office) if one.person == DIRECTOR]

    assert {one.way for one in to_director} == {GROUP, SMS}
    assert all(one.due_at == office.now for one in to_director)
    assert all(one.urgency is Urgency.LIFE_SAFETY for one in to_director)


def test_a_step_is_told_once_however_often_time_looks(office: Office) -> None:
    wired(office)
    office.forwarded(category="notice", urgency=Urgency.URGENT)
    office.at(date(2026, 11, 21), "00:00")
    for _ in range(3):
        office.tick()

    assert len([one for one in laid_out(office) if one.kind is MessageKind.NOTICE]) == 1


def test_a_robot_serves_its_roles_only(office: Office) -> None:
    wired(office, roles=(Role.CAPTAIN,))
    office.forwarded(category="notice", urgency=Urgency.URGENT)
    office.at(date(2026, 11, 21), "00:00")
    office.tick()

    assert [one.way for one in laid_out(office) if one.person == SUPERVISOR] == [SMS]


def test_a_group_is_told_once_who_all_are_called_for_the_same(office: Office) -> None:
    wired(office)
    office.hears(office.event(EventType.HELP_PRESSED))
    office.tick()

    by_robot = [one for one in emptied(office) if one.messages[0].way == GROUP]

    assert len(by_robot) == 2  # who is called in, who is asked to come
    notice = next(one for one in by_robot if one.messages[0].kind is MessageKind.NOTICE)
    assert set(notice.names) == {"captain", "guard 7", "operator 1", "operator 2"}


def test_for_a_life_it_is_tried_for_half_an_hour(office: Office) -> None:
    wired(office, roles=(Role.CAPTAIN,))
    office.hears(office.event(EventType.HELP_PRESSED))
    office.tick()
    began, tries = office.now, 0
    while office.now < began + timedelta(hours=2):
        envelope = taken(office)
        if envelope is None:
            office.now += timedelta(seconds=15)
        elif envelope.messages[0].kind is MessageKind.NOTICE:
            last, tries = office.now, tries + 1
            note_failed(office, envelope)
        else:
            note_sent(office, envelope)

    assert tries == 120
    assert last - began >= timedelta(minutes=25)


def test_without_messengers_nothing_is_laid_out(office: Office) -> None:
    office.forwarded(category="notice", urgency=Urgency.URGENT)
    office.at(date(2026, 11, 21), "00:00")
    office.tick()

    assert laid_out(office) == []


def test_what_fails_is_tried_again_then_by_the_next_way_then_it_waits_for_somebody(
    office: Office,
) -> None:
    wired(office)
    office.forwarded(category="notice", urgency=Urgency.URGENT)
    office.at(date(2026, 11, 21), "00:00")
    office.tick()
    tries = 0
    while True:
        envelope = taken(office)
        if envelope is None:
            office.fast_forward(hours=1)
            continue
        if envelope.messages[0].way != GROUP:
            break
        tries += 1
        note_failed(office, envelope)

    assert tries == 8
    assert envelope.messenger is not None
    assert envelope.messenger.code == SMS
    assert envelope.phones
    note_failed(office, envelope, final=True)
    states = [MessageState.PASSED_ON, MessageState.FAILED]
    assert [one.state for one in laid_out(office)] == states
    issue = envelope.messages[0].issue
    assert issue is not None
    assert office.kinds(issue)[-1] == "message_failed"
    with office.database.begin() as store:
        first = store.messages.latest(office.site, states=[MessageState.FAILED], limit=1)[0]
        sending.retry(store, first, by=SUPERVISOR, now=office.now)
    assert len(emptied(office)) == 1


def test_one_way_of_many_that_fails_has_not_failed_a_life(office: Office) -> None:
    wired(office)
    office.hears(office.event(EventType.HELP_PRESSED))
    office.tick()
    office.fast_forward(seconds=300)
    while (envelope := taken(office)) is not None:
        if envelope.messages[0].way == GROUP:
            note_failed(office, envelope, final=True)
        else:
            note_sent(office, envelope)

    to_director = {one.way: one.state for one in laid_out(office) if one.person == DIRECTOR}
    assert to_director == {GROUP: MessageState.PASSED_ON, SMS: MessageState.SENT}


def test_what_is_over_before_it_leaves_is_dropped(office: Office) -> None:
    wired(office)
    issue = office.accepted(category="notice", urgency=Urgency.ORDINARY)
    office.at(date(2026, 11, 22), "00:00")
    office.tick()
    office.handled(issue)
    office.at(date(2026, 11, 22), "07:30")

    assert [one for one in emptied(office) if one.messages[0].kind is MessageKind.NOTICE] == []
    states = {one.state for one in laid_out(office) if one.kind is MessageKind.NOTICE}
    assert states == {MessageState.DROPPED}


def test_who_took_a_message_has_it_until_he_is_given_up(office: Office) -> None:
    wired(office)
    office.forwarded(category="notice", urgency=Urgency.URGENT)
    office.at(date(2026, 11, 21), "00:00")
    office.tick()

    assert taken(office) is not None  # and the sender dies
    assert taken(office) is None
    office.now += sending.LEASE + timedelta(seconds=1)
    assert taken(office) is not None


def test_a_robots_share_of_a_minute_is_kept_and_a_life_is_not_counted(office: Office) -> None:
    wired(office, per_minute=1)
    office.forwarded(category="notice", urgency=Urgency.URGENT)
    office.at(date(2026, 11, 21), "00:00")
    office.tick()
    assert len(emptied(office)) == 1
    office.fast_forward(seconds=10)
    office.hears(office.event(EventType.HELP_PRESSED))
    office.tick()

    by_robot = [one for one in emptied(office) if one.messages[0].way == GROUP]

    assert by_robot
    assert all(one.urgent for one in by_robot)


def test_a_link_answers_once_within_a_day(office: Office) -> None:
    wired(office)
    office.forwarded(category="notice", urgency=Urgency.URGENT)
    office.at(date(2026, 11, 21), "00:00")
    office.tick()
    emptied(office)
    (message,) = [one for one in laid_out(office) if one.kind is MessageKind.NOTICE]

    with office.database.begin() as store:
        assert links.use(store, message.token, now=office.now).person == SUPERVISOR
        with pytest.raises(LinkUsed):
            links.use(store, message.token, now=office.now)
    with office.database.read() as store, pytest.raises(NotFound):
        links.look(store, "guessed", now=office.now)


def test_a_link_expires(office: Office) -> None:
    wired(office)
    office.forwarded(category="notice", urgency=Urgency.URGENT)
    office.at(date(2026, 11, 21), "00:00")
    office.tick()
    emptied(office)
    (message,) = [one for one in laid_out(office) if one.kind is MessageKind.NOTICE]
    office.fast_forward(hours=24)

    with office.database.read() as store, pytest.raises(NotFound):
        links.look(store, message.token, now=office.now)


def test_quiet_hours_go_by_the_sites_clock(office: Office) -> None:
    wired(office)
    office.forwarded(category="notice", urgency=Urgency.ORDINARY)
    office.at(date(2026, 11, 22), "00:00")
    office.tick()

    (message,) = [one for one in laid_out(office) if one.kind is MessageKind.NOTICE]

    assert message.due_at.astimezone(ZONE).strftime("%m-%d %H:%M") == "11-22 07:30"
