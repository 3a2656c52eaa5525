"""What can be written into the journal (流水): past participles, one class each, never changed.

Fields are plain JSON values, so that what was hashed can be read again in ten years.
"""

from core.facts.journal.alerting import (
    AlertAnswered,
    Alerted,
    AlertExhausted,
    AlertUnanswered,
    CopyAcknowledged,
    CopyOverdue,
    CopyRead,
    CopySent,
    CopyUndeliverable,
)
from core.facts.journal.cameras import RuleMuted, RuleUnmuted
from core.facts.journal.centre import (
    CallMoved,
    Claimed,
    Cleared,
    Completed,
    Dismissed,
    FirstReporterCorrected,
    FirstReporterNamed,
    Forwarded,
    Opened,
    Released,
    Shown,
    TakenOver,
    Told,
)
from core.facts.journal.desk import Accepted, Assigned, Closed, Handled, Noted, Reopened, SentBack
from core.facts.journal.entry import Entry
from core.facts.journal.following import FollowedUp, FollowUpAsked, FollowUpMissed
from core.facts.journal.ladder import DeputyCalledIn, Escalated
from core.facts.journal.months import MonthClosed, PanelAssigned, PanelReviewed
from core.facts.journal.office import (
    AbsenceCancelled,
    AbsenceEntered,
    CalendarChanged,
    CatalogueChanged,
    PolicyChanged,
    RosterChanged,
    StandInEntered,
)
from core.facts.journal.pictures import (
    Compared,
    PictureAttached,
    PictureDeleted,
    PictureMissing,
    PicturesExported,
    PictureViewed,
    ReviewAsked,
    Reviewed,
)
from core.facts.journal.playbook import PicturesWaived, StepDone, StepsWaived
from core.facts.journal.training import BriefingAcknowledged, BriefingPublished

__all__ = [
    "AbsenceCancelled",
    "AbsenceEntered",
    "Accepted",
    "AlertAnswered",
    "AlertExhausted",
    "AlertUnanswered",
    "Alerted",
    "Assigned",
    "BriefingAcknowledged",
    "BriefingPublished",
    "CalendarChanged",
    "CallMoved",
    "CatalogueChanged",
    "Claimed",
    "Cleared",
    "Closed",
    "Compared",
    "Completed",
    "CopyAcknowledged",
    "CopyOverdue",
    "CopyRead",
    "CopySent",
    "CopyUndeliverable",
    "DeputyCalledIn",
    "Dismissed",
    "Entry",
    "Escalated",
    "FirstReporterCorrected",
    "FirstReporterNamed",
    "FollowUpAsked",
    "FollowUpMissed",
    "FollowedUp",
    "Forwarded",
    "Handled",
    "MonthClosed",
    "Noted",
    "Opened",
    "PanelAssigned",
    "PanelReviewed",
    "PictureAttached",
    "PictureDeleted",
    "PictureMissing",
    "PictureViewed",
    "PicturesExported",
    "PicturesWaived",
    "PolicyChanged",
    "Released",
    "Reopened",
    "ReviewAsked",
    "Reviewed",
    "RosterChanged",
    "RuleMuted",
    "RuleUnmuted",
    "SentBack",
    "Shown",
    "StandInEntered",
    "StepDone",
    "StepsWaived",
    "TakenOver",
    "Told",
]
