"""Wall displays (大屏): who may look at counts from afar, and do nothing else (B17)."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from core.facts.device import SiteCode
from core.facts.people import PersonCode

WallNumber = NewType("WallNumber", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A display that was let in by its link, until somebody revokes it."""

    site: SiteCode
    number: WallNumber
    name: str
    granted_at: datetime
    granted_by: PersonCode
    revoked_at: datetime | None = None
    revoked_by: PersonCode | None = None
