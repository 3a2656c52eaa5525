"""Pictures as evidence: what is asked of cameras, and what came of it (图像证据)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.facts.device import DeviceCode, SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.facts.place import Corners, PlaceCode
from core.facts.report import ReportNumber


class Label(StrEnum):
    """Which moment a picture shows."""

    BEFORE = "before"  # 报事前: seconds before it was told
    AT = "at"  # 报事时
    AFTER = "after"  # 报事后: seconds after it was told
    NOW = "now"  # 处理后: when it was said to be handled
    COMPARED = "compared"  # 对比图: what the machine says has changed


class Origin(StrEnum):
    """How a picture that a person adds came about."""

    TAKEN = "taken"  # 现场拍摄
    GALLERY = "gallery"  # 相册: who adds it chose it among others, and it may be older than told


class PictureState(StrEnum):
    """What became of a picture that was asked for."""

    WANTED = "wanted"  # no gateway has answered yet
    ARRIVING = "arriving"  # taken; its bytes are on the way
    HERE = "here"
    MISSING = "missing"  # there is none, and the reason stands beside it
    DELETED = "deleted"  # hash and reason stay


class Retention(StrEnum):
    """How long a picture is kept once nothing holds it any more."""

    STANDARD = "standard"
    LONG = "long"  # life safety, and claims that a review refuted

    @property
    def span(self) -> timedelta:
        """Return for how long, counted from when it was taken.

        30 days is what the regulation on public-security video (State Council Order 799) asks for.
        """
        return timedelta(days=90 if self is Retention.LONG else 30)


class WantKind(StrEnum):
    """What a gateway is asked to do."""

    PICTURE = "picture"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One thing that is asked of a camera; listed until it is answered."""

    id: str
    kind: WantKind
    camera: DeviceCode
    moment: datetime
    label: Label | None = None
    before: str | None = None
    after: str | None = None
    before_at: datetime | None = None
    after_at: datetime | None = None
    #: Where in the picture the place lies; None: nobody has said, the whole picture counts.
    region: Corners | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A picture that is to be asked for."""

    issue: IssueNumber
    report: ReportNumber | None
    camera: DeviceCode
    label: Label
    moment: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that was asked for, and how it stands."""

    site: SiteCode
    id: int
    issue: IssueNumber
    report: ReportNumber | None
    #: Empty: a person added it.
    camera: DeviceCode
    label: Label
    #: The moment it was to show.
    moment: datetime
    asked_at: datetime
    state: PictureState
    #: Since when it stands so.
    since: datetime
    sha256: str | None
    #: Why it is missing or was deleted: a gateway's own words, or one of ours.
    reason: str | None
    taken_at: datetime | None
    offset_seconds: float | None
    width: int | None
    height: int | None
    media_type: str | None
    bytes: int | None
    masked: bool
    #: Who added it, how it came about, and with what it was taken; cameras' pictures have none.
    by: PersonCode | None = None
    origin: Origin | None = None
    taken_with: str | None = None
    place: PlaceCode | None = None
    #: The hash of the person's file as it came; what is kept bears no metadata.
    received: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """A picture's bytes, as the store of pictures keeps them: named by their SHA-256."""

    sha256: str
    bytes: int
    media_type: str
    received_at: datetime
    gateway: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two pictures of one camera that are to be compared, and what the machine made of them."""

    site: SiteCode
    id: int
    issue: IssueNumber
    camera: DeviceCode
    before: str
    after: str
    asked_at: datetime
    answered_at: datetime | None
    verdict: str | None
    score: float | None
    confidence: float | None
    band: str | None
    reasons: str | None
    evidence: str | None
    machine: str | None
    #: When the picture of the place in order was taken that told the direction; None: none was.
    reference_at: datetime | None
    #: Why there is no verdict.
    reason: str | None
