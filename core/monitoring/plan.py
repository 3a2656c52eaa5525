"""What a batch of device events will do: pure, before anything is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from core.facts.device import DeviceCode, DeviceEvent, EventId, EventType, Source
from core.facts.finding import FOUND
from core.facts.report import Report
from core.monitoring import policy
from core.monitoring.policy import Opening

#: What a report is known by: ``("call", key)``, or ``("standing", device, event type, …)``.
Subject = tuple[str, ...]
#: What an event is known by.
Told = tuple[Source, EventId]

#: What lasts until it is taken back. A handset off its hook at the end of a test is a call.
_LASTING = frozenset[EventType]().union(*policy.CLEARS.values(), {EventType.FIRE_PHONE_CALLING})


@dataclass(slots=True, kw_only=True)
class Plan:
    """Openings first, then counts, then news in the order told."""

    openings: dict[Subject, tuple[DeviceEvent, Opening]] = field(default_factory=dict)
    #: How often a report that is there, or will be, was told once more.
    told_again: dict[Subject, int] = field(default_factory=dict)
    news: list[tuple[Subject, DeviceEvent]] = field(default_factory=list)


def plan(
    events: Sequence[DeviceEvent],
    *,
    known: Collection[Subject],
    on_test: Collection[Told] = frozenset(),
) -> Plan:
    """Decide what each event does. Old news does nothing.

    :param known: what has a report already.
    :param on_test: which of them come from a device on test: they open nothing, but what was
        there before goes on.
    """
    todo = Plan()
    for event in events:
        if not event.stale:
            _consider(todo, event, known, quiet=(event.source, event.event_id) in on_test)
    return todo


def standing_kinds() -> frozenset[EventType]:
    """Return what may still stand when a test ends, and what takes it back."""
    return _LASTING | frozenset(policy.CLEARS) | {EventType.FIRE_PHONE_ENDED}


def left_standing(events: Sequence[DeviceEvent]) -> list[DeviceEvent]:
    """Return what was raised under a test and not taken back: it is true after it as well.

    Moments are over with the test: a visitor's press, a card, a door that was held open and closed.
    """
    standing: dict[Subject, DeviceEvent] = {}
    for event in events:
        if event.stale:
            continue
        if event.type in _LASTING:
            standing.setdefault(subject_of(event), event)
            continue
        for subject in _taken_back(event) or [subject_of(event)]:
            standing.pop(subject, None)
    return list(standing.values())


def _consider(todo: Plan, event: DeviceEvent, known: Collection[Subject], *, quiet: bool) -> None:
    opening = policy.opening(event)
    subject = subject_of(event)
    there = subject in known or subject in todo.openings
    if opening is not None and not there:
        if not quiet:
            todo.openings[subject] = (event, opening)
    elif event.type in policy.MOVES:
        if there:
            todo.news.append((subject, event))
    elif opening is not None:
        todo.told_again[subject] = todo.told_again.get(subject, 0) + 1
    else:
        for subject in _taken_back(event):
            if subject in known or subject in todo.openings:
                todo.news.append((subject, event))


def _taken_back(event: DeviceEvent) -> list[Subject]:
    """Return what an event may clear: its own episode, else whatever stands of the kind."""
    cleared = sorted(policy.CLEARS.get(event.type, ()))
    key = policy.call_key(event)
    if cleared and key is not None:
        return [("call", key)]
    return [("standing", event.source.device, kind.value) for kind in cleared]


def subject_of(event: DeviceEvent) -> Subject:
    """Return what the report of this event is known by."""
    key = policy.call_key(event)
    if key is not None:
        return ("call", key)
    return standing(event.source.device, event.type, event.subject)


def spoken_of(event: DeviceEvent) -> list[Subject]:
    """Return by what a report may be known that this event opened, told again, moved or cleared."""
    return [subject_of(event), *_taken_back(event)]


def known_by(report: Report) -> Subject:
    """Return what a report that a device opened is known by."""
    if report.call_key is not None:
        return ("call", report.call_key)
    assert report.device is not None
    assert report.event_type is not None
    return standing(report.device, report.event_type, report.subject)


def standing(device: DeviceCode, kind: EventType, part: str | None) -> Subject:
    """Return what a standing trouble is known by: what a camera finds, by its place as well."""
    if kind in FOUND:
        return ("standing", device, kind.value, part or "")
    return ("standing", device, kind.value)
