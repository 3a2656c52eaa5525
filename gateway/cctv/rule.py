"""A rule by which a camera finds something, as the site file states it."""

from dataclasses import dataclass
from datetime import time

from core.facts.device import EventType

#: What may be looked for, and for how many seconds it must stand where nothing else is said.
HOLDS = {
    EventType.SCENE_LEFT_OBJECT: 120.0,
    EventType.SCENE_BLOCKED_PASSAGE: 300.0,
    EventType.SCENE_LAMP_OUT: 600.0,
    EventType.SCENE_COVERED_FLOOR: 300.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something to look for at a place."""

    what: EventType
    place: str
    #: Corners in shares of width and height; empty: everywhere.
    zone: tuple[tuple[float, float], ...]
    #: Seconds for which it must stand.
    hold: float
    #: Between these times of day, where it matters: when a lamp should be lit.
    begins: time | None = None
    ends: time | None = None

    def due(self, now: time) -> bool:
        """Whether it is looked for at this time of day; over midnight if need be."""
        if self.begins is None or self.ends is None:
            return True
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the zone (even-odd rule)."""
        if not self.zone:
            return True
        inside = False
        for (ax, ay), (bx, by) in zip(self.zone, (*self.zone[1:], self.zone[0]), strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
        return inside
