"""One part of a host: an extension, a jack line, the host. What its points show, together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from core.facts.device import CallKey, Plain
from core.facts.place import PlaceCode
from gateway.fire_phone.aspect import Aspect, Step
from gateway.fire_phone.codec import Shown
from gateway.fire_phone.condition import OF_A_CALL, Condition, Part
from gateway.fire_phone.points import PartCode

#: Longer than two scans of a usual host.
_OVER = timedelta(seconds=1)


@dataclass(slots=True)
class Seen:
    """What one point shows, once it has shown it long enough."""

    can_show: frozenset[Condition]
    debounce: timedelta = timedelta(0)
    #: None: nothing is known.
    now: Shown = None
    raw: int | None = None
    _next: Shown = None
    _since: datetime | None = None

    def see(self, shown: Shown, at: datetime) -> None:
        """Take a new look. What is not known is not known at once; a change may have to last."""
        if shown is None or self.now is None or shown == self.now or not self.debounce:
            self.now, self._since = shown, None
            return
        if self._since is None or shown != self._next:
            self._next, self._since = shown, at
        if at - self._since >= self.debounce:
            self.now, self._since = shown, None


#: Makes the key of an episode of this part that begins at this moment.
MakePartKey = Callable[[Part, PartCode, str, datetime], CallKey]


@dataclass(slots=True)
class PartState:
    """A part with all its points and aspects.

    There are a hundred thousand of them in one process, nearly all at rest: a part at rest holds
    nothing of its own but its points.
    """

    part: Part
    code: PartCode
    keys: MakePartKey
    #: More beginnings than this in a minute are flapping.
    flaps: int
    place: PlaceCode | None = None
    points: list[Seen] = field(default_factory=list)
    #: Calling and talking stand in blocks that are read one after the other: between two reads
    #: a call that is just being answered shows neither, and has not ended.
    spread: bool = False
    looked: bool = False
    #: How often a call or fault was seen to begin, for those who compare it with a counter.
    _begun: dict[Condition, int] | None = None
    _aspects: dict[Condition, Aspect] | None = None
    #: Aspects that are known to be at rest, without an object of their own.
    _at_rest: frozenset[Condition] = frozenset()
    #: Since when a spread call shows neither calling nor talking.
    _over_since: datetime | None = None

    def look(self, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Return what is to be told of what the points show by now."""
        self.looked = True
        steps: list[Step] = []
        for name, now_is in self._truths():
            if now_is is None and (self._aspects is None or name not in self._aspects):
                self._at_rest = _with(self._at_rest, name)
                continue
            aspect = self.aspect(name)
            if name is Condition.CALLING and self._waits(now_is, aspect, at):
                continue
            if now_is is not None and aspect.known and aspect.actual is None:
                self._begun = self._begun or {}
                self._begun[name] = self._begun.get(name, 0) + 1
            steps += aspect.see(now_is, at, data)
        return steps

    def begun(self, condition: Condition) -> int:
        """Return how often it was seen to begin."""
        name = Condition.CALLING if condition in OF_A_CALL else condition
        return (self._begun or {}).get(name, 0)

    def make_key(self, kind: str, at: datetime) -> CallKey:
        """Return the key of an episode that begins at this moment."""
        return self.keys(self.part, self.code, kind, at)

    def settle(self, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Return what time alone brings about."""
        if self._aspects is None:
            return []
        if self._over_since is not None and at - self._over_since >= _OVER:
            over, self._over_since = self._over_since, None
            return self.aspect(Condition.CALLING).see(None, over, data)
        return [
            step
            for aspect in self._aspects.values()
            if aspect.flaps
            for step in aspect.settle(at, data)
        ]

    @property
    def waits(self) -> bool:
        """Whether its call may have ended, which time will tell."""
        return self._over_since is not None

    def _waits(self, now_is: Condition | None, aspect: Aspect, at: datetime) -> bool:
        if now_is is not None or not self.spread or aspect.actual is None:
            self._over_since = None
            return False
        self._over_since = self._over_since or at
        return True

    def unseen(self, condition: Condition, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Return what is to be told of something that came and went while nobody looked."""
        return self.aspect(condition).unseen(condition, at, data)

    def expect_nothing(self) -> None:
        """Take it that nothing is the case yet, so that the first look is no baseline."""
        for name, _ in self._truths():
            self._at_rest = _with(self._at_rest, name)

    def aspect(self, name: Condition) -> Aspect:
        """Return the aspect under which a condition stands; calling and talking share one."""
        name = Condition.CALLING if name in OF_A_CALL else name
        self._aspects = {} if self._aspects is None else self._aspects
        found = self._aspects.get(name)
        if found is None:
            found = self._aspects[name] = Aspect(self.part, self.make_key, self.flaps)
            found.known = name in self._at_rest
        return found

    def _truths(self) -> Iterator[tuple[Condition, Condition | None]]:
        """Yield each aspect of which something is known, and what is the case there."""
        can_show = frozenset[Condition]().union(*(seen.can_show for seen in self.points))
        call = self._call(can_show & OF_A_CALL)
        if call is not None:
            yield Condition.CALLING, call[0]
        for condition in sorted(can_show - OF_A_CALL):
            truth = self._truth(condition)
            if truth is not None:
                yield condition, condition if truth else None

    def _call(self, can_show: frozenset[Condition]) -> tuple[Condition | None] | None:
        truths = {one: self._truth(one) for one in can_show}
        if truths.get(Condition.TALKING):
            return (Condition.TALKING,)
        if truths.get(Condition.CALLING):
            # Where talking is not known, a call that is talked of must not ring anew.
            held = self._held()
            unsure = truths.get(Condition.TALKING, False) is None
            return (held,) if unsure and held is not None else (Condition.CALLING,)
        return (None,) if truths and None not in truths.values() else None

    def _held(self) -> Condition | None:
        aspect = (self._aspects or {}).get(Condition.CALLING)
        return None if aspect is None else aspect.actual

    def _truth(self, condition: Condition) -> bool | None:
        """Whether it is the case; None where a point that could tell is not known."""
        telling = [seen.now for seen in self.points if condition in seen.can_show]
        if any(now is not None and condition in now for now in telling):
            return True
        return None if None in telling else False


@cache
def _with(some: frozenset[Condition], one: Condition) -> frozenset[Condition]:
    """Return the set with one more; the same object for all who have the same."""
    return some | {one}
