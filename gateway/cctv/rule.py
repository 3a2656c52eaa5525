"""A rule by which a camera finds something, as the site file states it."""

from dataclasses import dataclass
from datetime import datetime, time, tzinfo

from core.facts.device import EventType
from gateway.cctv.sun import Spot

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
    #: Where the site lies, if it matters while the sun is down.
    by_night_at: Spot | None = None

    def due(self, at: datetime, *, zone: tzinfo) -> bool:
        """Whether it is looked for at this moment: by the sun, or by civil time of day."""
        if self.by_night_at is not None:
            return self.by_night_at.dark(at)
        now = at.astimezone(zone).time()
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
