"""An event log of a host turned into what its parts show: entries are edges, kept as states."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.facts.device import EventType, Plain
from core.facts.place import PlaceCode
from gateway.fire_phone import codec
from gateway.fire_phone.aspect import Step
from gateway.fire_phone.codec import Entry
from gateway.fire_phone.condition import OF_A_CALL, Condition, Part, Word, meaning
from gateway.fire_phone.logbook import Logbook
from gateway.fire_phone.part import PartState, Seen
from gateway.fire_phone.points import Log, PartCode, Point, numbered

_NOTHING: frozenset[Condition] = frozenset()


@dataclass(slots=True, kw_only=True)
class LogReader:
    """What one log has told of the parts it names."""

    book: Logbook
    part: Callable[..., PartState]
    template: Point
    places: Mapping[str, str]
    _seen: dict[tuple[Part, PartCode], Seen] = field(default_factory=dict)

    def read(
        self, log: Log, values: tuple[int, ...], at: datetime, where: Mapping[str, Plain]
    ) -> Iterator[tuple[PartState, Step]]:
        """Yield what the new entries tell. At the first look only what still stands is told."""
        count, entries = codec.logged(log, values)
        news = self.book.read(count, entries)
        touched: dict[int, PartState] = {}
        for entry in news.entries:
            part = self._take(log, entry, baseline=news.baseline)
            if part is not None:
                touched[id(part)] = part
                if not news.baseline:
                    yield from self._look(part, entry, at, where)
        if news.baseline:
            for part in touched.values():
                for step in part.look(at, where):
                    yield part, step
        if news.missed:
            yield self._overrun(news.missed, at, where)

    def _look(
        self, part: PartState, entry: Entry, at: datetime, where: Mapping[str, Plain]
    ) -> Iterator[tuple[PartState, Step]]:
        for step in part.look(at, {**where, "raw": entry.words[-1]}):
            yield part, step

    def _take(self, log: Log, entry: Entry, *, baseline: bool) -> PartState | None:
        """Note what an entry says, and return whom it tells of; None: it says nothing here."""
        if entry.begins is None and entry.ends is None:
            return None
        part, seen = self._of(log, entry.number, baseline=baseline)
        now = seen.now or _NOTHING
        if entry.ends is not None:
            now -= _ended(entry.ends, now)
        if entry.begins is not None:
            begun = meaning(entry.begins) or _NOTHING
            now = now - OF_A_CALL | begun if begun & OF_A_CALL else now | begun
            if entry.begins == "idle":
                now = _NOTHING
        seen.now = now
        return part

    def _of(self, log: Log, number: int, *, baseline: bool) -> tuple[PartState, Seen]:
        is_host = log.host_number is not None and number == log.host_number
        kind = Part.HOST if is_host else self.template.part
        code = PartCode("host" if is_host else numbered(self.template.code, number))
        seen = self._seen.get((kind, code))
        place = self.places.get(code)
        part = self.part(kind, code, PlaceCode(place) if place else None)
        if seen is None:
            seen = self._seen[kind, code] = Seen(_can_show(log), now=_NOTHING)
            part.points.append(seen)
            if not baseline:  # nothing was said of it so far, so nothing was the case
                part.expect_nothing()
        return part, seen

    def _overrun(
        self, missed: int, at: datetime, where: Mapping[str, Plain]
    ) -> tuple[PartState, Step]:
        part = self.part(Part.HOST, PartCode("log"))
        key = part.make_key("overrun", at)
        data = {**where, "fault": "log_overrun", "missed": missed}
        return part, Step(type=EventType.DEVICE_FAULT, key=key, at=at, data=data)


def _ended(word: Word, now: frozenset[Condition]) -> frozenset[Condition]:
    """Return what ends by a word; the end of calling is the end of the whole call."""
    if word == "idle":
        return now
    ended = meaning(word) or _NOTHING
    return OF_A_CALL if ended & OF_A_CALL else ended


def _can_show(log: Log) -> frozenset[Condition]:
    words = {*log.begins.values(), *log.ends.values()}
    return _NOTHING.union(*(meaning(word) or _NOTHING for word in words))
