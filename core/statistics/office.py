"""What entries do not say themselves: the site's clock, and who works for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode

#: What an entry says, as it was read from its JSON.
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What entries do not say themselves: the site's clock, and who works for whom."""

    zone: ZoneInfo
    #: For whom each works now.
    units: Mapping[PersonCode, UnitCode]
    #: Whoever worked for another unit before: until which entry, and for which, in their order.
    moved: Mapping[PersonCode, Sequence[tuple[int, UnitCode]]] = field(default_factory=dict)

    def unit(self, person: PersonCode | None, seq: int) -> UnitCode | None:
        """Return for whom somebody worked when an entry was written."""
        if person is None:
            return None
        before = (unit for until, unit in self.moved.get(person, ()) if seq < until)
        return next(before, self.units.get(person))

    def month(self, at: datetime) -> MonthCode:
        """Return the month of the site's civil calendar that a moment belongs to."""
        day = at.astimezone(self.zone)
        return MonthCode(f"{day.year:04d}-{day.month:02d}")
