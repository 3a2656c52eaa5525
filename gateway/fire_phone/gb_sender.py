"""One GB/T 26875.3 transmitter: what its frames change in what is known of its components."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.facts.device import CallKey, DeviceCode, Plain
from core.facts.place import PlaceCode
from gateway.fire_phone import gb_body, gb_clock, identity
from gateway.fire_phone.aspect import Step
from gateway.fire_phone.components import Bits
from gateway.fire_phone.condition import OF_A_CALL, Condition, Part
from gateway.fire_phone.gb_body import Item
from gateway.fire_phone.gb_frame import Frame
from gateway.fire_phone.part import PartState, Seen
from gateway.fire_phone.points import PartCode
from gateway.fire_phone.profile import Profile

_REMEMBERED = 5_000
_OPERATIONS = frozenset({gb_body.OPERATION, gb_body.TRANSMITTER_OPERATION})
_NOTHING: frozenset[Condition] = frozenset()
#: What a reset at the panel ends; faults stand until they are told to be over.
_ENDED_BY_RESET = OF_A_CALL | {Condition.FIRE}


@dataclass(slots=True)
class _Known:
    """One component with what it showed last, and when it was told."""

    part: PartState
    seen: Seen
    system: int
    #: Of what was said last, as it stood.
    time: bytes = b""
    told_at: dict[Condition, datetime] = field(default_factory=dict)


class Sender:
    """All that is remembered of one transmitter."""

    def __init__(self, device: DeviceCode, profile: Profile) -> None:
        """Remember nothing yet."""
        self._device = device
        self._profile = profile
        self._repeats_after = timedelta(seconds=profile.form.repeats_after)
        self._known: dict[tuple[int, int, Part, PartCode], _Known] = {}
        self._parts: dict[tuple[Part, PartCode], PartState] = {}
        #: Digests of what was told, oldest first.
        self._told: dict[str, None] = {}
        self._said_at: datetime | None = None
        self._anew = False

    def told_before(self, item: Item, frame: Frame) -> bool:
        """Whether this very thing was said before, under whatever serial number.

        A clock that stands still, or has lost its day, stamps a second call like the first. Then
        only the very frame is the same thing, or what is known to be so already.
        """
        content = _content(item)
        self._anew = False
        again = self._noted("frame", frame.serial, frame.time.hex(), *content)
        seen = self._noted(*content)
        if again or not seen:
            return again
        self._anew = self._is_news(item)
        return not self._anew

    def _is_news(self, item: Item) -> bool:
        """Whether something that was said before, word for word, can have happened once more."""
        absurd = gb_clock.is_absurd(item.time)
        if item.type in _OPERATIONS:
            return absurd
        known = self._of(item, self._bits(item))
        stands_still = known.time == item.time
        return known.seen.now != self.shows(item)[1] and (absurd or stands_still)

    def _noted(self, *said: object) -> bool:
        """Note what was said; return whether it was noted already."""
        digest = identity.call_key(self._device, *(str(one) for one in said))
        if digest in self._told:
            return True
        if len(self._told) >= 2 * _REMEMBERED:  # each thing is noted with its frame and without
            del self._told[next(iter(self._told))]
        self._told[digest] = None
        return False

    def take(
        self, item: Item, *, said_at: datetime | None, at: datetime
    ) -> Iterator[tuple[PartState, Step]]:
        """Yield what an object tells. ``said_at`` is the device's own time, right or wrong."""
        self._said_at = None if self._anew else said_at  # or its key would be the first one's
        if item.type in _OPERATIONS:
            yield from self._operated(item, at)
            return
        bits = self._bits(item)
        shown, _ = bits.read(item.status)
        if item.component is None:
            if self._is_reset(item, bits):
                yield from self._reset(item.system, at)
            shown -= self._told_by_components(item, shown)
        known = self._of(item, bits)
        known.time = item.time
        yield from self._look(known, shown, at, _about(item))

    def shows(self, item: Item) -> tuple[PartState, frozenset[Condition], tuple[int, ...]]:
        """Return which part an object is about, what it says, and the bits without a meaning."""
        bits = self._bits(item)
        shown, foreign = bits.read(item.status)
        return self._of(item, bits).part, shown, foreign

    def elapsed(self, now: datetime) -> Iterator[tuple[PartState, Step]]:
        """Yield what has come to rest."""
        self._said_at = None
        for part in list(self._parts.values()):
            for step in part.settle(now, {}):
                yield part, step

    def part(self, part: Part, code: PartCode, place: PlaceCode | None = None) -> PartState:
        """Return a part, new if it was not met before."""
        found = self._parts.get((part, code))
        if found is None:
            found = self._parts[part, code] = PartState(
                part, code, self._key, self._profile.form.flaps, place
            )
        return found

    def _key(self, part: Part, code: PartCode, kind: str, at: datetime) -> CallKey:
        said = self._said_at or at
        return identity.call_key(self._device, part, code, kind, said.isoformat())

    # ---- what a state changes ----------------------------------------------------------------

    def _look(
        self, known: _Known, shown: frozenset[Condition], at: datetime, about: Mapping[str, Plain]
    ) -> Iterator[tuple[PartState, Step]]:
        for condition in shown:
            aspect = known.part.aspect(condition)
            told_at = known.told_at.get(condition)
            again = told_at is not None and at - told_at >= self._repeats_after
            if aspect.told is condition and again and not aspect.flaps:
                aspect.renew()
            if aspect.told is not condition:
                known.told_at[condition] = at
        known.seen.see(shown, at)
        for step in known.part.look(at, about):
            yield known.part, step

    def _reset(self, system: int, at: datetime) -> Iterator[tuple[PartState, Step]]:
        for known in list(self._known.values()):
            if known.system == system and known.seen.now:
                left = known.seen.now - _ENDED_BY_RESET
                if left != known.seen.now:
                    yield from self._look(known, left, at, {"system": system, "reset": True})

    def _operated(self, item: Item, at: datetime) -> Iterator[tuple[PartState, Step]]:
        """Yield what somebody did at the panel or transmitter: only two things matter here."""
        if item.status & gb_body.RESET and item.type == gb_body.OPERATION:
            yield from self._reset(item.system, at)
        if item.status & gb_body.MANUAL_ALARM:
            part = self.part(Part.HOST, PartCode(_name(item)))
            for step in part.unseen(Condition.FIRE, at, {**_about(item), "manual": True}):
                yield part, step

    def _told_by_components(self, item: Item, shown: frozenset[Condition]) -> frozenset[Condition]:
        """Return what a component of the system tells already, with its place."""
        transmitter = item.type == gb_body.TRANSMITTER_STATE
        told = _NOTHING.union(
            *(
                known.seen.now or _NOTHING
                for (_, _, part, _), known in self._known.items()
                if (transmitter or known.system == item.system) and part is not Part.HOST
            )
        )
        return shown & told & _ENDED_BY_RESET

    # ---- who is who --------------------------------------------------------------------------

    def _of(self, item: Item, bits: Bits) -> _Known:
        if item.component is None:
            kind, code, place = Part.HOST, PartCode(_name(item)), None
        else:
            component = self._profile.components.component(item.system, item.component)
            kind, code, place = component.part, component.code, component.place
        key = (item.system, item.number, kind, code)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:  # senders choose addresses, memory is not theirs
                del self._known[next(iter(self._known))]
            part = self.part(kind, code, place)
            seen = Seen(bits.can_show(), now=_NOTHING)
            part.points.append(seen)
            part.expect_nothing()
            known = self._known[key] = _Known(part, seen, item.system)
            known.seen.now = frozenset(
                one for one in bits.can_show() if part.aspect(one).told is one
            )
        return known

    def _bits(self, item: Item) -> Bits:
        components = self._profile.components
        if item.type == gb_body.TRANSMITTER_STATE:
            return components.transmitter
        return components.bits(item.system, of_component=item.component is not None)

    @staticmethod
    def _is_reset(item: Item, bits: Bits) -> bool:
        return any(word == "idle" and item.status >> bit & 1 for bit, word in bits.words.items())


def _name(item: Item) -> str:
    if item.type in {gb_body.TRANSMITTER_STATE, gb_body.TRANSMITTER_OPERATION}:
        return "transmitter"
    return f"system {item.system}-{item.number}"


def _about(item: Item) -> dict[str, Plain]:
    about: dict[str, Plain] = {"raw": item.status}
    if item.type in {gb_body.SYSTEM_STATE, gb_body.COMPONENT_STATE, gb_body.OPERATION}:
        about |= {"system": item.system, "number": item.number}
    if item.component is not None:
        about |= {"component": item.component, "component_type": item.component_type}
    return about | ({"text": item.text} if item.text else {})


def _content(item: Item) -> tuple[object, ...]:
    return (
        item.type, item.system, item.number, item.component, item.component_type,
        item.status, item.text, item.time.hex(),
    )  # fmt: skip
