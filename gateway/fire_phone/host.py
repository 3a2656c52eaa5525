"""One host behind Modbus: scans of its blocks in, what is to be told out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.facts.device import CallKey, DeviceCode, Plain
from core.facts.place import PlaceCode
from gateway.fire_phone import codec, identity
from gateway.fire_phone.aspect import Step
from gateway.fire_phone.condition import OF_A_CALL, Condition, Part
from gateway.fire_phone.counted import Counted
from gateway.fire_phone.log_reader import LogReader
from gateway.fire_phone.logbook import Logbook
from gateway.fire_phone.part import PartState, Seen
from gateway.fire_phone.points import (
    Bit,
    Block,
    Choice,
    Counter,
    Flags,
    Identity,
    Log,
    PartCode,
    Point,
    can_show,
)
from gateway.fire_phone.presence import Presence
from gateway.fire_phone.profile import Profile
from gateway.fire_phone.reach import Reach
from gateway.fire_phone.scan import Failed

Told = tuple[PartState | None, Step]
_Where = Mapping[str, Plain]
#: The unit's number goes before the profile's own where the address names one.
Renumber = Callable[[int], int]


@dataclass(slots=True)
class _BlockState:
    """A block with the memory of its points, in the order of its points."""

    block: Block
    reach: Reach
    parts: list[PartState] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    counted: dict[int, Counted] = field(default_factory=dict)
    logs: dict[int, LogReader] = field(default_factory=dict)
    #: What was read last, while all of it was believed; None: look at every point anew.
    last: tuple[int, ...] | None = None

    def touched(self, values: tuple[int, ...]) -> list[int]:
        """Return the points of which there may be something new, in their order."""
        last, self.last = self.last, values
        if last is None:
            return list(range(len(self.block.points)))
        changed = [n for n, (was, now) in enumerate(zip(last, values, strict=True)) if was != now]
        found = {n for offset in changed for n in self.reach.at.get(offset, ())}
        return sorted(found.union(self.reach.always))


class Host:
    """All that is remembered of one host."""

    def __init__(
        self,
        device: DeviceCode,
        profile: Profile,
        *,
        reaches: Sequence[Reach],
        unit: int | None = None,
    ) -> None:
        """Remember nothing yet. ``reaches`` are of the profile's blocks, in their order.

        ``unit`` goes before the profile's own.
        """
        self._device = device
        self._form = profile.form
        self._parts: dict[tuple[Part, PartCode], PartState] = {}
        self._blocks: dict[tuple[int, str], _BlockState] = {}
        self._foreign: set[int] = set()
        #: Parts of which something was told, and where the call of each part is told of.
        self._moved: dict[tuple[Part, PartCode], PartState] = {}
        self._calls: dict[tuple[Part, PartCode], tuple[int, str]] = {}
        self._part_key = self._make_part_key  # one method object for all parts
        self.presence = Presence(self._key, timedelta(seconds=profile.form.lost_after))
        for block, reach in zip(profile.blocks, reaches, strict=True):
            number = block.unit if unit is None else unit
            self._blocks[number, block.name] = self._block_state(block, reach)
            self.presence.watch(number, block.name)

    @property
    def parts(self) -> Mapping[tuple[Part, PartCode], PartState]:
        """Every part of the host, for those who look at it."""
        return self._parts

    def knows(self, unit: int, block: str, count: int | None = None) -> bool:
        """Whether the profile has such a block, of so many values."""
        state = self._blocks.get((unit, block))
        return state is not None and count in {None, state.block.count}

    def scanned(
        self, unit: int, block: str, values: tuple[int, ...], at: datetime
    ) -> Iterator[Told]:
        """Yield what a scan tells."""
        for part, step in self._scanned(unit, block, values, at):
            if part is not None:  # it may have something to tell when time has passed
                self._moved[part.part, part.code] = part
            yield part, step

    def _scanned(
        self, unit: int, block: str, values: tuple[int, ...], at: datetime
    ) -> Iterator[Told]:
        for step in self.presence.heard(unit, block, at):
            yield None, step
        for part in [one for one in self._moved.values() if one.waits]:
            for step in part.settle(at, {}):
                yield part, step
        state = self._blocks[unit, block]
        yield from self._mark(unit, block, None, at)
        if not self._is_meant(state.block, values):
            self._foreign.add(unit)
            self._forget(unit)
            yield from self._identity(unit, at, wrong=True)
            return
        if any(isinstance(one.encoding, Identity) for one in state.block.points):
            self._foreign.discard(unit)
            yield from self._identity(unit, at, wrong=False)
        if unit not in self._foreign:
            yield from self._look(state, unit, values, at)

    def failed(self, unit: int, block: str, failed: Failed, at: datetime) -> Iterator[Told]:
        """Yield what it tells that a block could not be read: nothing of it is known now."""
        self._blocks[unit, block].last = None
        for seen in self._blocks[unit, block].seen:
            seen.see(None, at)
        for step in self.presence.failed(unit, block, failed, at):
            yield None, step
        yield from self._refused(at)

    def elapsed(self, now: datetime) -> Iterator[Told]:
        """Yield what time alone brings about."""
        for step in self.presence.elapsed(now):
            yield None, step
        yield from self._refused(now)
        for (unit, name), state in self._blocks.items():
            where: _Where = {"unit": unit, "block": name}
            for n, counted in state.counted.items():
                missed = counted.rest(now)
                yield from self._missed(state, n, missed, now, where)
        for part in list(self._moved.values()):
            for step in part.settle(now, {}):
                yield part, step

    def part(self, part: Part, code: PartCode, place: PlaceCode | None = None) -> PartState:
        """Return a part, new if it was not met before."""
        found = self._parts.get((part, code))
        if found is None:
            found = self._parts[part, code] = PartState(
                part, code, self._part_key, self._form.flaps
            )
        found.place = found.place or place
        return found

    # ---- how a scan is read ------------------------------------------------------------------

    def _look(
        self, state: _BlockState, unit: int, values: tuple[int, ...], at: datetime
    ) -> Iterator[Told]:
        where: _Where = {"unit": unit, "block": state.block.name}
        changed: dict[int, tuple[PartState, int | None]] = {}
        for n in state.touched(values):
            point = state.block.points[n]
            match point.encoding:
                case Bit() | Choice() | Flags():
                    part, seen = state.parts[n], state.seen[n]
                    before, seen.raw = seen.now, codec.raw(point.encoding, values)
                    seen.see(codec.shown(point.encoding, values), at)
                    if seen.now != before or not part.looked:
                        changed[id(part)] = part, seen.raw
                case Log():
                    yield from state.logs[n].read(point.encoding, values, at, where)
        for part, raw in changed.values():
            for step in part.look(at, where if raw is None else {**where, "raw": raw}):
                yield part, step
            if part.waits:
                self._moved[part.part, part.code] = part
        for n, counted in state.counted.items():
            begun = state.parts[n].begun(self._counts(state.block.points[n]))
            missed = counted.see(values[state.block.points[n].encoding.offset], begun, at)
            yield from self._missed(state, n, missed, at, where)

    def _missed(
        self, state: _BlockState, n: int, missed: int, at: datetime, where: _Where
    ) -> Iterator[Told]:
        """Yield a beginning and an end for what came and went between two scans."""
        if missed:
            part, condition = state.parts[n], self._counts(state.block.points[n])
            for step in part.unseen(condition, at, {**where, "missed": missed}):
                yield part, step

    @staticmethod
    def _counts(point: Point) -> Condition:
        assert isinstance(point.encoding, Counter)  # only counters are kept among the counted
        return Condition(point.encoding.word)

    # ---- what the gateway itself finds out ---------------------------------------------------

    def _is_meant(self, block: Block, values: tuple[int, ...]) -> bool:
        return all(
            codec.is_meant(one.encoding, values)
            for one in block.points
            if isinstance(one.encoding, Identity)
        )

    def _identity(self, unit: int, at: datetime, *, wrong: bool) -> Iterator[Told]:
        part = self.part(Part.HOST, PartCode(f"identity-{unit}"))
        aspect = part.aspect(Condition.IDENTITY)
        if wrong or aspect.told is not None:
            now_is = Condition.IDENTITY if wrong else None
            for step in aspect.see(now_is, at, {"unit": unit}):
                yield part, step

    def _forget(self, unit: int) -> None:
        """Hold nothing of a unit for known: it is not the one that we mean."""
        for (number, _), state in self._blocks.items():
            if number == unit:
                state.last = None
                for seen in state.seen:
                    seen.now = None

    def _refused(self, now: datetime) -> Iterator[Told]:
        for unit, block, failed in self.presence.refused(now):
            yield from self._mark(unit, block, failed, now)

    def _mark(self, unit: int, block: str, failed: Failed | None, at: datetime) -> Iterator[Told]:
        """Yield that a block of a unit that answers cannot be read, or can again."""
        key = Part.HOST, PartCode(f"{unit}-{block}")
        if failed is None and key not in self._parts:
            return
        part = self.part(*key)
        aspect = part.aspect(Condition.UNREADABLE)
        now_is = None if failed is None else Condition.UNREADABLE
        if now_is is not aspect.actual:
            why = "read again" if failed is None else str(failed)
            for step in aspect.see(now_is, at, {"unit": unit, "block": block, "reason": why}):
                yield part, step

    # ---- what it is made of ------------------------------------------------------------------

    def _block_state(self, block: Block, reach: Reach) -> _BlockState:
        state = _BlockState(block, reach)
        for n, point in enumerate(block.points):
            seen = Seen(can_show(point.encoding), timedelta(seconds=point.debounce))
            part = self._part_of(point)
            if isinstance(point.encoding, Bit | Choice | Flags) and part is not None:
                part.points.append(seen)
                if seen.can_show & OF_A_CALL:
                    where = block.unit, block.name
                    part.spread |= self._calls.setdefault((part.part, part.code), where) != where
            state.seen.append(seen)
            state.parts.append(part or self.part(Part.HOST, PartCode("host")))
            if isinstance(point.encoding, Counter):
                state.counted[n] = Counted()
            elif isinstance(point.encoding, Log):
                ring = point.encoding.capacity if point.encoding.newest == "ring" else None
                state.logs[n] = LogReader(
                    book=Logbook(ring=ring),
                    part=self.part,
                    template=point,
                    places=self._form.places,
                )
        return state

    def _part_of(self, point: Point) -> PartState | None:
        if isinstance(point.encoding, Log | Identity):
            return None
        return self.part(point.part, point.code, point.place)

    def _make_part_key(self, part: Part, code: PartCode, kind: str, at: datetime) -> CallKey:
        return identity.call_key(self._device, part, code, kind, at.isoformat())

    def _key(self, kind: str, at: datetime) -> CallKey:
        return identity.call_key(self._device, kind, at.isoformat())
