"""Wall displays: counts that can be read from afar, and not one name of a person (B17)."""

from datetime import datetime

from pydantic import Field

from api.schemas.refs import PersonRef
from api.schemas.values import In, Name, Out
from core.facts.device import EventType
from core.facts.report import ReportClass


class WallRow(Out):
    """One report of life safety: what and where, not who."""

    report: int
    event_type: EventType | None
    path: list[str] = Field(description="The place, from the root of the site.")
    received_at: datetime
    taken: bool = Field(description="Somebody has it in hand.")


class WallClass(Out):
    """How many reports of one class wait, and since when the oldest does."""

    cls: ReportClass
    waiting: int
    untaken: int = Field(description="Those that nobody has in hand.")
    oldest_at: datetime | None


class WallOut(Out):
    """What a display shows."""

    site: str
    zone: str
    now: datetime
    speed: float
    life_safety: list[WallRow]
    classes: list[WallClass]
    forwarded: int
    storms: int
    storm_events: int
    silent_devices: int
    auditor_late: bool
    gateways_late: list[str]


class WallIn(In):
    """Where a display hangs."""

    name: Name


class WallGrantOut(Out):
    """A display that was let in or is no longer."""

    number: int
    name: str
    granted_at: datetime
    granted_by: PersonRef
    revoked_at: datetime | None
    revoked_by: PersonRef | None


class WallLinkOut(Out):
    """A display that was just let in."""

    wall: WallGrantOut
    token: str = Field(
        description="Shown this once; the link is `/wall/zh#` or `/wall/en#` and it."
    )


class WallsOut(Out):
    """All displays, the newest first."""

    items: list[WallGrantOut]
