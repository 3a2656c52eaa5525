"""One aspect of one part: its call, or one fault that may stand. Told once when it changes.

What flaps is not told each time: it is folded into one fault with a count, and when it has come
to rest, what is then the case is told.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.facts.device import CallKey, EventType, Plain
from gateway.fire_phone.condition import OF_A_CALL, Condition, Part, told_by

_MINUTE = timedelta(minutes=1)
#: An aspect that has not changed for so long has come to rest.
CALM = timedelta(seconds=10)

#: Makes the key of an episode that begins at this moment.
MakeKey = Callable[[str, datetime], CallKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to be told: an event but for its source."""

    type: EventType
    key: CallKey
    at: datetime
    data: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(slots=True)
class _Flapping:
    key: CallKey
    count: int
    told: int
    last: datetime


@dataclass(slots=True)
class Aspect:
    """What is told of an aspect, and what is the case."""

    part: Part
    make_key: MakeKey
    #: More beginnings than this in a minute are flapping.
    most: int
    told: Condition | None = None
    actual: Condition | None = None
    key: CallKey | None = None
    known: bool = False
    _begun: deque[datetime] | None = None
    _flapping: _Flapping | None = None

    def see(self, now_is: Condition | None, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Note what is the case, and return what is to be told of it."""
        first, self.known = not self.known, True
        if now_is is self.actual and not first:
            return self.settle(at, data)
        begins = now_is is not None and now_is is not self.told
        self.actual = now_is
        if self._flapping is not None:
            self._flapping.last = at
            self._flapping.count += begins
            return []
        if begins and not first and self._begins_too_often(at):
            return [self._flap(at, data)]
        return self._catch_up(at, {**data, "baseline": True} if first else data)

    def settle(self, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Return what is to be told once flapping has come to rest."""
        flapping = self._flapping
        if flapping is None or at - flapping.last < CALM:
            return []
        self._flapping = None
        self._begun = None
        said = {**data, "fault": "flapping", "count": flapping.count, "over": True}
        over = Step(type=EventType.DEVICE_FAULT, key=flapping.key, at=at, data=said)
        grown = [over] if flapping.count > flapping.told else []
        return grown + self._catch_up(flapping.last, data)

    def unseen(self, condition: Condition, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Return the whole of an episode that was over before anybody looked."""
        if self._flapping is not None:
            self._flapping.last = at
            self._flapping.count += 1
            return []
        if self._begins_too_often(at):
            return [self._flap(at, data)]
        key = self.make_key(f"missed {condition}", at)
        if condition not in OF_A_CALL:
            data = {**data, "fault": condition.value}
        there = transition(None, condition, self.part)
        back = transition(condition, None, self.part)
        return [Step(type=kind, key=key, at=at, data=data) for kind, _ in there + back]

    def renew(self) -> None:
        """Let what stands be told as something new."""
        self.told = self.actual = self.key = None

    def resume(self, condition: Condition | None, key: CallKey | None) -> None:
        """Take up what was told before a restart."""
        self.told, self.actual, self.key = condition, condition, key if condition else None

    @property
    def flaps(self) -> bool:
        """Whether it flaps just now."""
        return self._flapping is not None

    def _begins_too_often(self, at: datetime) -> bool:
        begun = self._begun = deque() if self._begun is None else self._begun
        begun.append(at)
        while at - begun[0] > _MINUTE:
            begun.popleft()
        return len(begun) > self.most

    def _flap(self, at: datetime, data: Mapping[str, Plain]) -> Step:
        count = len(self._begun or ())
        key = self.make_key("flapping", at)
        self._flapping = _Flapping(key, count, count, at)
        said = {**data, "fault": "flapping", "count": count}
        return Step(type=EventType.DEVICE_FAULT, key=key, at=at, data=said)

    def _catch_up(self, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Return what leads from what was told to what is the case."""
        steps = []
        stands = self.told or self.actual
        if stands is not None and stands not in OF_A_CALL:
            data = {**data, "fault": stands.value}
        for kind, opens in transition(self.told, self.actual, self.part):
            if opens or self.key is None:
                self.key = self.make_key(kind.value, at)
            steps.append(Step(type=kind, key=self.key, at=at, data=data))
        self.told = self.actual
        if self.told is None:
            self.key = None
        return steps


def transition(
    told: Condition | None, actual: Condition | None, part: Part
) -> list[tuple[EventType, bool]]:
    """Return the events between two states of an aspect, and whether each opens an episode."""
    if told is actual:
        return []
    if (told or actual) in OF_A_CALL:
        return _of_a_call(told, actual)
    steps = [] if told is None else [(told_by(told, part)[1], False)]
    return steps if actual is None else [*steps, (told_by(actual, part)[0], True)]


def _of_a_call(told: Condition | None, actual: Condition | None) -> list[tuple[EventType, bool]]:
    """Return the steps of a conversation: calling, talking, ended.

    A call that was answered before we looked is a call all the same; a host that rings again
    after the talk rings for a new one.
    """
    ended = (EventType.FIRE_PHONE_ENDED, False)
    calling = (EventType.FIRE_PHONE_CALLING, True)
    talking = (EventType.FIRE_PHONE_TALKING, False)
    if actual is None:
        return [ended]
    if actual is Condition.TALKING:
        return [talking] if told is Condition.CALLING else [calling, talking]
    return [calling] if told is None else [ended, calling]
