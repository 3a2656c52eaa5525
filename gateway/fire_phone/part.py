"""One part of a host: an extension, a jack line, the host. What its points show, together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.facts.device import Plain
from core.facts.place import PlaceCode
from gateway.fire_phone.aspect import Aspect, MakeKey, Step
from gateway.fire_phone.codec import Shown
from gateway.fire_phone.condition import OF_A_CALL, Condition, Part
from gateway.fire_phone.points import PartCode


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


@dataclass(slots=True)
class PartState:
    """A part with all its points and aspects."""

    part: Part
    code: PartCode
    make_key: MakeKey
    #: More beginnings than this in a minute are flapping.
    flaps: int
    place: PlaceCode | None = None
    points: list[Seen] = field(default_factory=list)
    #: How often a call or fault was seen to begin, for those who compare it with a counter.
    begun: dict[Condition, int] = field(default_factory=dict)
    looked: bool = False
    _aspects: dict[Condition, Aspect] = field(default_factory=dict)

    def look(self, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Return what is to be told of what the points show by now."""
        self.looked = True
        steps: list[Step] = []
        for name, now_is in self._truths():
            aspect = self.aspect(name)
            if now_is is not None and aspect.known and aspect.actual is None:
                self.begun[name] = self.begun.get(name, 0) + 1
            steps += aspect.see(now_is, at, data)
        return steps

    def settle(self, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Return what time alone brings about."""
        return [
            step
            for aspect in self._aspects.values()
            if aspect.flaps
            for step in aspect.settle(at, data)
        ]

    def unseen(self, condition: Condition, at: datetime, data: Mapping[str, Plain]) -> list[Step]:
        """Return what is to be told of something that came and went while nobody looked."""
        return self.aspect(condition).unseen(condition, at, data)

    def expect_nothing(self) -> None:
        """Take it that nothing is the case yet, so that the first look is no baseline."""
        for name, _ in self._truths():
            self.aspect(name).known = True

    def aspect(self, name: Condition) -> Aspect:
        """Return the aspect under which a condition stands; calling and talking share one."""
        name = Condition.CALLING if name in OF_A_CALL else name
        found = self._aspects.get(name)
        if found is None:
            found = self._aspects[name] = Aspect(self.part, self.make_key, self.flaps)
        return found

    def state(self) -> tuple[list[Condition], bool]:
        """Return what is the case, and whether all of it is known."""
        shown = [seen.now for seen in self.points]
        known = frozenset[Condition]().union(*(one for one in shown if one is not None))
        return sorted(known), None not in shown

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
            held = self.aspect(Condition.CALLING).actual
            unsure = truths.get(Condition.TALKING, False) is None
            return (held,) if unsure and held is not None else (Condition.CALLING,)
        return (None,) if truths and None not in truths.values() else None

    def _truth(self, condition: Condition) -> bool | None:
        """Whether it is the case; None where a point that could tell is not known."""
        telling = [seen.now for seen in self.points if condition in seen.can_show]
        if any(now is not None and condition in now for now in telling):
            return True
        return None if None in telling else False
