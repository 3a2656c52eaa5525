"""How high the sun stands, to know when a lamp should burn; good to a fifth of a degree: pure."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

#: Lamps burn by then: a quarter of an hour after sunset at the latitude of Shanghai.
DARK = -4.0
_NOON_2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a site lies, in degrees: north and east are positive."""

    latitude: float
    longitude: float

    def dark(self, at: datetime) -> bool:
        """Whether lamps should burn there; where the sun never sets in summer they need not."""
        return self.height(at) < DARK

    def height(self, at: datetime) -> float:
        """Return how many degrees the sun stands above the horizon (low-precision almanac)."""
        days = (at - _NOON_2000).total_seconds() / 86400.0
        mean = math.radians((280.460 + 0.9856474 * days) % 360.0)
        anomaly = math.radians((357.528 + 0.9856003 * days) % 360.0)
        ecliptic = mean + math.radians(1.915 * math.sin(anomaly) + 0.020 * math.sin(2.0 * anomaly))
        tilt = math.radians(23.439 - 4e-7 * days)
        ascension = math.atan2(math.cos(tilt) * math.sin(ecliptic), math.cos(ecliptic))
        declination = math.asin(math.sin(tilt) * math.sin(ecliptic))
        sidereal = math.radians((280.46062 + 360.98564737 * days + self.longitude) % 360.0)
        hour = sidereal - ascension
        north = math.radians(self.latitude)
        sine = math.sin(north) * math.sin(declination) + math.cos(north) * math.cos(
            declination
        ) * math.cos(hour)
        return math.degrees(math.asin(max(-1.0, min(1.0, sine))))
