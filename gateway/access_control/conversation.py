"""What a station's messages mean together: one press is one call, however often it is told.

A station is a device as far as its calls go. Memory is bounded: by number, and by time.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from core.facts.device import CallKey, DeviceEvent, EventId, EventType
from gateway.access_control.form import Means

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_MOST_CALLS = 16
_MOST_TOLD = 512
_MOST_LEVELS = 64
#: A counter that comes again after this long counts anew ("1" is the first call of every boot).
_ID_HOLDS = timedelta(minutes=3)
#: "Answered" or "ended" belongs to a call that began at most so long ago.
_CALL_HOLDS = timedelta(minutes=30)
#: What is told after the end belongs to the call for so long.
_AFTERMATH = timedelta(seconds=60)
#: Two tellings of one moment; devices print whole seconds.
_SAME_MOMENT = timedelta(seconds=2)
#: A serial seen again within this of its time is the same event; later, the counter began anew.
_SERIAL_HOLDS = timedelta(hours=24)


class State(StrEnum):
    """How far a call has come."""

    RINGING = "ringing"
    ANSWERED = "answered"
    MISSED = "missed"
    ENDED = "ended"


#: What cannot be added to what is already known of a call. A call that was dropped may still
#: turn out to have been answered or missed; one that was answered was not missed.
_SAYS_NOTHING_NEW = frozenset(
    {
        (State.ANSWERED, Means.ANSWERED),
        (State.ANSWERED, Means.MISSED),
        (State.MISSED, Means.MISSED),
        (State.MISSED, Means.ENDED),
        (State.ENDED, Means.ENDED),
    }
)
_STATE_AFTER = {
    EventType.INTERCOM_RINGING: State.RINGING,
    EventType.HELP_PRESSED: State.RINGING,
    EventType.INTERCOM_ANSWERED: State.ANSWERED,
    EventType.INTERCOM_ENDED: State.ENDED,
    EventType.INTERCOM_MISSED: State.MISSED,
}
_LEADS_TO = {
    Means.ANSWERED: State.ANSWERED,
    Means.MISSED: State.MISSED,
    Means.ENDED: State.ENDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a message was told: by the device's clock, if it gave one, and by ours."""

    device: datetime | None
    received: datetime

    def since(self, other: "Moment") -> timedelta:
        """Return how far two moments lie apart, by the same clock in both cases."""
        if self.device is not None and other.device is not None:
            return abs(self.device - other.device)
        return abs(self.received - other.received)


@dataclass(slots=True, kw_only=True)
class Call:
    """One press and what became of it."""

    key: CallKey
    kind: Means  # RINGING or HELP
    state: State
    subject: str | None
    began: Moment
    touched: Moment
    #: Told first when nobody could answer it any more.
    late: bool = False
    #: It was answered at some time, whatever came after.
    answered: bool = False
    #: Which ids it goes by, each with the kinds of event that used it.
    ids: dict[str, set[str]] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """Whether it still rings or talks."""
        return self.state in {State.RINGING, State.ANSWERED}

    def begins_after(self, moment: Moment) -> bool:
        """Whether a moment lies before its press, so that it can be neither answer nor end."""
        if self.began.device is None or moment.device is None:
            return False
        return self.began.device - moment.device > _SAME_MOMENT

    def name(self, call_id: str | None, code: str) -> None:
        """Remember that a message called it so."""
        if call_id:
            self.ids.setdefault(call_id, set()).add(code)

    def contradicts(self, call_id: str, code: str) -> bool:
        """Whether this id must be another call's.

        One press goes by several ids (an AD110 gives a long one and a counter), but one kind of
        event gives a call one id, and two counters do not count the same call.
        """
        return any(
            code in codes or other.isdigit() == call_id.isdigit()
            for other, codes in self.ids.items()
        )

    def move(self, means: Means) -> bool:
        """Take a step; whether that says anything new."""
        if (self.state, means) in _SAYS_NOTHING_NEW or (means is Means.MISSED and self.answered):
            return False
        dropped_before = self.state is State.ENDED and means is Means.ANSWERED
        if dropped_before and self.answered:
            return False
        self.answered = self.answered or means is Means.ANSWERED
        if not dropped_before:
            self.state = _LEADS_TO[means]
        return True


@dataclass(slots=True)
class _Level:
    value: str
    at: datetime


class Station:
    """One device's calls, levels, and what it has told already."""

    def __init__(self, *, window: timedelta, level_holds: timedelta) -> None:
        """Group what is told within ``window``; a level told again after ``level_holds`` is new."""
        self._window = window
        self._level_holds = level_holds
        self._calls: deque[Call] = deque(maxlen=_MOST_CALLS)
        self._told: dict[EventId, DeviceEvent] = {}
        self._serials: dict[str, DeviceEvent] = {}
        self._levels: dict[str, _Level] = {}
        self._echoes: dict[tuple[object, ...], tuple[datetime, DeviceEvent]] = {}

    def told(self, event_id: EventId) -> DeviceEvent | None:
        """Return the event of this id as it was first told."""
        return self._told.get(event_id)

    def told_serial(self, serial: str, at: datetime | None) -> DeviceEvent | None:
        """Return the event with this serial, unless the counter has begun anew since."""
        event = self._serials.get(serial)
        if event is None or at is None or event.time_estimated:
            return event
        return event if abs(event.occurred_at - at) <= _SERIAL_HOLDS else None

    def remember(self, event: DeviceEvent, serial: str | None = None) -> None:
        """Keep an event as told; the oldest are forgotten."""
        _put(self._told, event.event_id, event)
        if serial:
            _put(self._serials, serial, event)

    def echo(
        self, content: tuple[object, ...], now: datetime, *, within: timedelta
    ) -> DeviceEvent | None:
        """Return the event that the very same words, without a time, told just before."""
        found = self._echoes.get(content)
        return found[1] if found and now - found[0] <= within else None

    def expect_echo(self, content: tuple[object, ...], now: datetime, event: DeviceEvent) -> None:
        """Remember words without a time for as long as they may be an echo."""
        _put(self._echoes, content, (now, event), most=_MOST_LEVELS)

    def changes(self, level: str, value: str, now: datetime) -> bool:
        """Whether a level differs from what it was; one told for too long is told anew."""
        before = self._levels.get(level)
        _put(self._levels, level, _Level(value, now), most=_MOST_LEVELS)
        return before is None or before.value != value or now - before.at > self._level_holds

    def ringing(
        self, kind: Means, *, code: str, call_id: str | None, subject: str | None, moment: Moment
    ) -> Call | None:
        """Return the call that this ringing belongs to, or None if it is a new press."""
        for call in self._newest(moment):
            if call.kind is not kind or not _same_part(call.subject, subject):
                continue
            if call_id and call_id in call.ids:
                if self._same_by_id(call, call_id, moment):
                    return call
            elif self._same_by_time(call, code, call_id, moment):
                return call
        return None

    def moved(self, *, call_id: str | None, subject: str | None, moment: Moment) -> Call | None:
        """Return the call that "answered", "missed" or "ended" speaks of."""
        newest = [call for call in self._newest(moment) if call.kind is Means.RINGING]
        if call_id:
            for call in newest:
                if call_id in call.ids:
                    return call
        fitting = _not_superseded(
            call for call in newest if _same_part(call.subject, subject) and _may_be(call, call_id)
        )
        for call in fitting:
            if call.live or call.late:
                return call
        for call in fitting:
            if moment.since(call.touched) <= _AFTERMATH:
                return call
        return None

    def open(self, call: Call) -> None:
        """Begin a call."""
        self._calls.append(call)

    def resume(self, event: DeviceEvent) -> None:
        """Take up an event that was told before a restart, and the call it belongs to."""
        serial, call_id = event.data.get("serial"), event.data.get("call_id")
        self.remember(event, str(serial) if serial else None)
        state = _STATE_AFTER.get(event.type)
        if state is None or event.call is None:
            return
        moment = Moment(
            device=None if event.time_estimated else event.occurred_at,
            received=event.occurred_at,
        )
        call = next((one for one in self._calls if one.key == event.call), None)
        if call is None:
            call = Call(
                key=event.call,
                kind=Means.HELP if event.type is EventType.HELP_PRESSED else Means.RINGING,
                state=state,
                subject=event.subject,
                began=moment,
                touched=moment,
                late=event.late,
            )
            self.open(call)
        elif event.type is not EventType.INTERCOM_RINGING:
            call.state = state
        call.touched = moment
        call.answered = call.answered or state is State.ANSWERED
        call.name(str(call_id) if call_id else None, str(event.data.get("code", "")))

    def _same_by_id(self, call: Call, call_id: str, moment: Moment) -> bool:
        if not call_id.isdigit():
            return True  # a SIP call id is used once
        if call.live or call.late:
            return moment.since(call.touched) <= _ID_HOLDS
        return moment.device is not None and moment.since(call.began) <= _SAME_MOMENT

    def _same_by_time(self, call: Call, code: str, call_id: str | None, moment: Moment) -> bool:
        apart = moment.since(call.began)
        if call.live or call.late:
            near = apart <= self._window
        else:  # over: only the press that began it can still be told, and only with its time
            timed = moment.device is not None and call.began.device is not None
            near = timed and apart <= _SAME_MOMENT
        return near and not (call_id and call.contradicts(call_id, code))

    def _newest(self, moment: Moment) -> Iterator[Call]:
        while self._calls and moment.received - self._calls[0].touched.received > _CALL_HOLDS:
            self._calls.popleft()
        yield from reversed(self._calls)


def _same_part(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _not_superseded(newest_first: Iterable[Call]) -> list[Call]:
    """Leave out calls whose button was pressed again since: their end will never be told."""
    kept: list[Call] = []
    for call in newest_first:
        if not any(_same_part(call.subject, newer.subject) for newer in kept):
            kept.append(call)
    return kept


def _may_be(call: Call, call_id: str | None) -> bool:
    """Whether a call without this id may still be meant by it."""
    return not call_id or all(known.isdigit() != call_id.isdigit() for known in call.ids)


def _put(held: dict[_Key, _Value], key: _Key, value: _Value, *, most: int = _MOST_TOLD) -> None:
    """Put a value in as the newest, and let the oldest go."""
    held.pop(key, None)
    held[key] = value
    if len(held) > most:
        del held[next(iter(held))]
