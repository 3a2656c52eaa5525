"""What can be written into the journal (流水): past participles, one class each, never changed.

Fields are plain JSON values, so that what was hashed can be read again in ten years.
"""

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
from core.facts.journal.ladder import Escalated
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

__all__ = [
    "Accepted",
    "Assigned",
    "CallMoved",
    "Claimed",
    "Cleared",
    "Closed",
    "Compared",
    "Completed",
    "Dismissed",
    "Entry",
    "Escalated",
    "FirstReporterCorrected",
    "FirstReporterNamed",
    "Forwarded",
    "Handled",
    "Noted",
    "Opened",
    "PictureAttached",
    "PictureDeleted",
    "PictureMissing",
    "PictureViewed",
    "PicturesExported",
    "Released",
    "Reopened",
    "ReviewAsked",
    "Reviewed",
    "SentBack",
    "Shown",
    "TakenOver",
    "Told",
]
