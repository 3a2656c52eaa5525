"""By which ways a person is reached, when, and how often it is tried: pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from core.facts.issue import Urgency
from core.facts.message import PUSH, Messenger, MessengerCode, MessengerKind
from core.facts.people import Person
from core.facts.policy import Quiet

#: After each failure it waits so long; when all are used up, somebody has to look.
WAITS = tuple(timedelta(seconds=one) for one in (5, 15, 60, 300, 900, 1_800, 3_600))
#: For a life the next try is never far away, and half an hour is tried.
SOON, OFTEN = timedelta(seconds=15), 120
#: A one-time link works so long.
LINK_LASTS = timedelta(days=1)
#: A cheap way before a dear one: what goes to one person, to a group, by a paid gateway.
_ORDER = (MessengerKind.WECOM, MessengerKind.DINGTALK, MessengerKind.FEISHU, MessengerKind.SMS)


def ways(
    person: Person, messengers: Iterable[Messenger], *, subscribed: bool
) -> tuple[MessengerCode, ...]:
    """Return by which ways this person can be reached, the first to be tried first."""
    serving = [one for one in messengers if not one.roles or one.roles & person.roles]
    serving = [one for one in serving if one.kind is not MessengerKind.SMS or person.phone]
    serving.sort(key=lambda one: (_ORDER.index(one.kind), one.code))
    return ((PUSH,) if subscribed else ()) + tuple(one.code for one in serving)


def chosen(reached: Sequence[MessengerCode], *, urgency: Urgency) -> Sequence[MessengerCode]:
    """Return the ways a message takes at once: all where a life may hang on it, else the first."""
    return reached if urgency is Urgency.LIFE_SAFETY else reached[:1]


def after(reached: Sequence[MessengerCode], tried: Iterable[str]) -> MessengerCode | None:
    """Return the next way once others have failed; None: there is none left."""
    return next((one for one in reached if one not in set(tried)), None)


def due_at(now: datetime, *, urgency: Urgency, quiet: Quiet | None, zone: tzinfo) -> datetime:
    """Return when a message may leave: what is ordinary waits for the morning (J6).

    Life safety and what is urgent pass: 五.1(3)② climbs on the evening of the first day.
    """
    if quiet is None or urgency is not Urgency.ORDINARY:
        return now
    civil = now.astimezone(zone)
    today = civil.date()
    over_night = quiet.begins > quiet.ends
    if over_night and civil.time() >= quiet.begins:
        return _at(today + timedelta(days=1), quiet.ends, zone)
    within = civil.time() < quiet.ends and (over_night or civil.time() >= quiet.begins)
    return _at(today, quiet.ends, zone) if within else now


def again_at(now: datetime, *, tries: int, urgency: Urgency, speed: float = 1.0) -> datetime | None:
    """Return when it is tried again after its ``tries``-th failure; None: it has failed.

    :param speed: seconds of the site's clock in a real one; messengers live in real time.
    """
    if urgency is Urgency.LIFE_SAFETY:
        return now + min(WAITS[min(tries, len(WAITS)) - 1], SOON) * speed if tries < OFTEN else None
    return now + WAITS[tries - 1] * speed if tries <= len(WAITS) else None


def _at(day: date, hour: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)
