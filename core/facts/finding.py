"""What cameras find themselves, and how often the people who look into it find it so."""

from dataclasses import dataclass
from datetime import datetime

from core.facts.device import DeviceCode, EventType, SiteCode
from core.facts.report import ReportNumber

#: What a camera may find; each is a proposal to the operator, never a fact.
FOUND = frozenset(one for one in EventType if one.value.startswith("scene.")) - {
    EventType.SCENE_COMPARED
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What an operator made of a finding: he passed it on, or there was nothing."""

    report: ReportNumber
    camera: DeviceCode
    what: EventType
    confirmed: bool
    judged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraRule:
    """What one camera looks for, and how it has fared lately."""

    site: SiteCode
    camera: DeviceCode
    what: EventType
    confirmed: int
    rejected: int
    #: Since when it opens nothing; None: it does.
    muted_at: datetime | None

    @property
    def precision(self) -> float | None:
        """Return the share that operators confirmed; None: nothing was judged."""
        judged = self.confirmed + self.rejected
        return self.confirmed / judged if judged else None
