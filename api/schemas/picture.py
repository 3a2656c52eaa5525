"""Pictures as evidence: what was asked of cameras, what came, and what comparing them showed."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.refs import DeviceRef, PersonRef, PlaceRef
from api.schemas.values import Out
from core.facts.device import EventType
from core.facts.evidence import Label, Origin, PictureState, WantKind

#: A picture's name: the SHA-256 of its bytes.
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class WantOut(Out):
    """One thing a gateway is to do; moments are real time, also in a demonstration."""

    id: str
    kind: WantKind
    camera: str
    moment: datetime
    label: Label | None
    before: str | None
    after: str | None
    before_at: datetime | None
    after_at: datetime | None
    region: list[tuple[float, float]] | None = Field(description="None: the whole picture.")


class MutedOut(Out):
    """A rule of a camera that is to find nothing until it is left out of the list again."""

    camera: str
    what: EventType


class WantsOut(Out):
    """What gateways of the site are to do; listed again until it is answered."""

    items: list[WantOut]
    muted: list[MutedOut]


class PictureReceivedOut(Out):
    """The receipt of a picture: it is durable."""

    sha256: str
    bytes: int


class PictureOut(Out):
    """A picture that was asked for, and how it stands."""

    id: int
    issue: int
    report: int | None = Field(description="None: asked for when it was said to be handled.")
    camera: DeviceRef | None = Field(description="None: a person added it.")
    by: PersonRef | None = Field(description="Who added it.")
    origin: Origin | None = Field(description="Taken there and then, or chosen from a gallery.")
    taken_with: str | None
    place: PlaceRef | None = Field(description="Where the person says he took it.")
    label: Label
    moment: datetime = Field(description="The moment it was to show.")
    state: PictureState
    since: datetime
    reason: str | None = Field(description="Why it is missing or was deleted.")
    sha256: str | None
    taken_at: datetime | None
    offset_seconds: float | None
    width: int | None
    height: int | None
    masked: bool = Field(description="Privacy masks were burnt in before it was stored.")


class ComparisonOut(Out):
    """What the machine made of two pictures: an aid, never the verdict."""

    camera: DeviceRef
    before: str
    after: str
    asked_at: datetime
    answered_at: datetime | None
    verdict: str | None
    score: float | None
    confidence: float | None
    band: str | None
    reasons: str | None
    evidence: str | None = Field(description="The picture that shows what changed, by its hash.")
    machine: str | None
    reference_at: datetime | None = Field(
        description="When the picture of the place in order was taken that told the direction."
    )
    reason: str | None = Field(description="Why there is no verdict.")
