"""What a camera finds itself: proposals to the operator, held for a while and told once per place.

A finding is on when it has been seen for its hold time without a break, and off when it has not
been seen for as long; what cannot be told changes nothing. Covered floors are experimental and say
so. Nothing here knows who is in a picture.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from core.facts.device import DeviceEvent, EventType, Plain, Source
from gateway.cctv import lamp, searching, telling
from gateway.cctv.align import Plate
from gateway.cctv.examination import Evidence, Examination
from gateway.cctv.left_object import LeftObjects
from gateway.cctv.picture import Pixels
from gateway.cctv.region import Region
from gateway.cctv.rule import Rule
from gateway.cctv.verdict import Band, Verdict

_EXPERIMENTAL = frozenset({EventType.SCENE_COVERED_FLOOR})
#: A zone of which so much differs is searched part by part: a lane is wide, and a chair is not.
_SEARCHED = 0.02
#: After something left was told, its place is quiet for so long: one proposal per place.
QUIET = timedelta(minutes=10)


@dataclass(slots=True)
class Standing:
    """One thing at one place, on or off."""

    hold: timedelta
    on: bool = False
    #: Since when the opposite is seen.
    since: datetime | None = None

    def seen(self, there: bool | None, at: datetime) -> datetime | None:  # noqa: FBT001 - three answers
        """Take a look; return since when it stands, if it is on from now."""
        if there is None or there is self.on:
            self.since = None if there is not None else self.since
            return None
        if self.since is None:
            self.since = at
        if at - self.since < self.hold:
            return None
        began, self.since, self.on = self.since, None, there
        return began if there else None


@dataclass(slots=True)
class _Watched:
    rule: Rule
    standing: Standing
    left: LeftObjects | None = None
    told_at: datetime | None = None


class Findings:
    """The rules of one camera; looks in order of time, by one thread."""

    def __init__(self, who: Source, rules: Iterable[Rule], *, zone: tzinfo) -> None:
        """Speak for ``who``; schedules are in the civil time of ``zone``."""
        self._who = who
        self._zone = zone
        self._watched = [_watched(rule) for rule in rules]

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        """Believe that what was told before a restart still stands: it is not told again."""
        told = {(one.type, one.subject) for one in events if one.source == self._who}
        for watched in self._watched:
            if (watched.rule.what, watched.rule.place) in told:
                watched.standing.on = True

    def look(
        self, pixels: Pixels, plate: Plate, *, clean: Sequence[Plate], at: datetime
    ) -> Iterator[DeviceEvent]:
        """Take a picture of a camera that is well; yield what is to be told."""
        for watched in self._watched:
            if watched.left is not None:
                yield from self._left(watched, watched.left, pixels, at)
                continue
            there, reason = self._there(watched.rule, pixels, plate, clean, at)
            began = watched.standing.seen(there, at)
            if began is not None:
                yield self._event(watched.rule, since=began, at=at, data={"reason": reason})

    def _there(
        self, rule: Rule, pixels: Pixels, plate: Plate, clean: Sequence[Plate], at: datetime
    ) -> tuple[bool | None, str]:
        region = _region(rule, plate)
        if region is None:
            return None, ""
        if rule.what is EventType.SCENE_LAMP_OUT:
            if not rule.due(at, zone=self._zone):
                return False, ""
            glow = lamp.look(pixels, region)
            unlit = {lamp.Lamp.LIT: False, lamp.Lamp.UNLIT: True}.get(glow.lamp)
            return unlit, "the lamp should be lit and is not"
        return _changed(plate, clean, region)

    def _left(
        self, watched: _Watched, left: LeftObjects, pixels: Pixels, at: datetime
    ) -> Iterator[DeviceEvent]:
        rule = watched.rule
        height, width = pixels.shape[:2]
        for found in left.look(pixels, taken_at=at):
            if watched.told_at is not None and at - watched.told_at < QUIET:
                continue  # another piece of it, or the same thing moved a little
            x, y = (found.x + found.width / 2) / width, (found.y + found.height / 2) / height
            if rule.holds(x, y):
                data: dict[str, Plain] = {
                    "reason": "something stands still where nothing stood",
                    "x": round(found.x / width, 4),
                    "y": round(found.y / height, 4),
                    "width": round(found.width / width, 4),
                    "height": round(found.height / height, 4),
                }
                watched.told_at = at
                yield self._event(rule, since=found.since, at=at, data=data)

    def _event(
        self, rule: Rule, *, since: datetime, at: datetime, data: dict[str, Plain]
    ) -> DeviceEvent:
        data["experimental"] = rule.what in _EXPERIMENTAL
        return telling.standing(
            self._who, rule.what, since=since, at=at, subject=rule.place, data=data
        )


def _watched(rule: Rule) -> _Watched:
    hold = timedelta(seconds=rule.hold)
    left = LeftObjects(hold=hold) if rule.what is EventType.SCENE_LEFT_OBJECT else None
    return _Watched(rule, Standing(hold), left)


def _region(rule: Rule, plate: Plate) -> Region | None:
    if len(rule.zone) < 3:
        return None
    return Region(corners=rule.zone).scaled(across=plate.width, down=plate.height)


def _changed(plate: Plate, clean: Sequence[Plate], region: Region) -> tuple[bool | None, str]:
    """Return whether a zone that must stay as its reference does not."""
    if not clean:
        return None, ""
    examination = Examination(_evidence(clean[0]), _evidence(plate))
    judged = examination.judge(region)
    if judged.verdict is Verdict.UNCHANGED and (judged.differs or 0.0) >= _SEARCHED:
        judged = searching.judge(examination, region, seen=clean[0])
    # A proposal that must stand for its hold time needs no certainty in each look; its end does.
    if judged.verdict is Verdict.CHANGED and judged.band is not Band.CANNOT_TELL:
        return True, "; ".join(judged.reasons)
    clear = judged.verdict is Verdict.UNCHANGED and judged.band is Band.SURE
    return (False, "; ".join(judged.reasons)) if clear else (None, "")


def _evidence(plate: Plate) -> Evidence:
    return Evidence(sha256=hashlib.sha256(plate.small.tobytes()).hexdigest(), plate=plate)
