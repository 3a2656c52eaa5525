"""The watch over the seat: who is there, what his console lacks, who is called if not (B18)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.facts.device import SiteCode
from core.facts.handover import Workstation
from core.facts.people import PersonCode


class Trouble(StrEnum):
    """Why a call might reach nobody though everything runs."""

    NOBODY_PRESENT = "nobody_present"  # 无人在岗
    SOUND_BLOCKED = "sound_blocked"  # 声音被阻
    STREAM_STALE = "stream_stale"  # 画面停滞


#: The watch over the presence at the whole site is of no workstation.
ANY_SEAT = Workstation("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What a workstation's console last said of itself and of who sits there."""

    site: SiteCode
    workstation: Workstation
    person: PersonCode
    told_at: datetime
    #: The last sign of presence.
    present_at: datetime
    sound_blocked_since: datetime | None
    stream_stale_since: datetime | None

    def since(self, trouble: Trouble) -> datetime | None:
        """Return since when a console has a trouble of its own; None: it has not."""
        return {
            Trouble.SOUND_BLOCKED: self.sound_blocked_since,
            Trouble.STREAM_STALE: self.stream_stale_since,
        }.get(trouble)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatWatch:
    """One trouble that is watched: of the site, or of one workstation."""

    site: SiteCode
    workstation: Workstation
    trouble: Trouble
    #: When time alone may say something; None: all was said.
    look_at: datetime | None
    #: Since when the consoles ask whether anybody is there.
    asked_at: datetime | None
    #: When the captain was called; once for each lapse.
    called_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summons:
    """Somebody is called to the seat, on his own pages and telephone."""

    id: int
    site: SiteCode
    person: PersonCode
    trouble: Trouble
    at: datetime
    acknowledged_at: datetime | None
