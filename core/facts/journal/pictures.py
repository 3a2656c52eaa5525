"""Pictures, comparisons, and what was seen on recordings."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureAttached(Entry):
    """A camera's picture belongs to the issue from now on; it is known by its hash."""

    sha256: str
    label: str
    camera: str
    taken_at: str
    media_type: str
    bytes: int
    #: Privacy masks were burnt in before it was stored.
    masked: bool
    report: int | None = None
    #: Seconds from the moment that was asked for; positive: later.
    offset: float | None = None
    #: A person added it, and so it came about; the camera is empty then.
    origin: str | None = None
    taken_with: str | None = None
    place: str | None = None
    #: The hash of the file as it came; what is kept bears no metadata.
    received: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureMissing(Entry):
    """A picture that was asked for does not exist, and why."""

    label: str
    camera: str
    reason: str
    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureDeleted(Entry):
    """A picture was deleted; its hash and the reason stay."""

    sha256: str
    label: str
    camera: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureViewed(Entry):
    """Somebody looked at a picture, and what for."""

    sha256: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesExported(Entry):
    """Pictures left the product in a package, and what for."""

    purpose: str
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared(Entry):
    """The machine compared two pictures: an aid, never the verdict."""

    #: Both by their hashes.
    picture_before: str
    picture_after: str
    camera: str
    verdict: str
    band: str
    machine: str
    score: float | None = None
    confidence: float | None = None
    reasons: str | None = None
    #: The hash of the picture that shows what changed.
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAsked(Entry):
    """Somebody is to look at the recordings: was it really handled (五.2(3)②)."""

    why: str
    due_at: str
    overwritten_at: str
    handlers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Entry):
    """Somebody other than the handler has looked, and says so."""

    verdict: str
    reason: str
    #: What the machine had made of it, and whether both agree; None: it could not tell.
    by_machine: str | None = None
    agreed: bool | None = None
