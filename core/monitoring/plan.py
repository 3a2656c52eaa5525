"""What a batch of device events will do: pure, before anything is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from core.facts.device import DeviceCode, DeviceEvent, EventType
from core.facts.finding import FOUND
from core.monitoring import policy
from core.monitoring.policy import Opening

#: What a report is known by: ``("call", key)``, or ``("standing", device, event type, …)``.
Subject = tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Plan:
    """Openings first, then counts, then news in the order told."""

    openings: dict[Subject, tuple[DeviceEvent, Opening]] = field(default_factory=dict)
    #: How often a report that is there, or will be, was told once more.
    told_again: dict[Subject, int] = field(default_factory=dict)
    news: list[tuple[Subject, DeviceEvent]] = field(default_factory=list)


def plan(events: Sequence[DeviceEvent], *, known: Collection[Subject]) -> Plan:
    """Decide what each event does. Old news does nothing.

    :param known: what has a report already.
    """
    todo = Plan()
    for event in events:
        if not event.stale:
            _consider(todo, event, known)
    return todo


def _consider(todo: Plan, event: DeviceEvent, known: Collection[Subject]) -> None:
    opening = policy.opening(event)
    subject = subject_of(event)
    there = subject in known or subject in todo.openings
    if opening is not None and not there:
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


def standing(device: DeviceCode, kind: EventType, part: str | None) -> Subject:
    """Return what a standing trouble is known by: what a camera finds, by its place as well."""
    if kind in FOUND:
        return ("standing", device, kind.value, part or "")
    return ("standing", device, kind.value)
