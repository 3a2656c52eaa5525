"""The handover sheet as it stands, as it is signed, and as it was signed."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, SecretStr, StringConstraints

from api.schemas.refs import PersonRef
from api.schemas.session import Login
from api.schemas.values import In, Out, Said


class ShiftNoteIn(In):
    """What the next shift shall know."""

    words: Said


class ShiftNoteOut(Out):
    """A note that waits for the next sheet."""

    id: int
    words: str
    by: PersonRef
    at: datetime


Password = Annotated[SecretStr, Field(min_length=1, max_length=200)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SignIn(In):
    """Both sign: each by his own password, typed at the workstation."""

    sha256: Sha256 = Field(description="Of the sheet that stood before them.")
    password: Password = Field(description="Of who is logged in, and hands over.")
    login: Login = Field(description="Of who takes over.")
    reliever_password: Password


class Named(Out):
    """Somebody, by the name he bore when the sheet was written."""

    code: str
    name: str


class SheetLineOut(Out):
    """A report on the sheet."""

    report: int
    issue: int
    cls: str
    channel: str
    event: str | None
    device: str | None
    subject: str | None
    place: list[str] = Field(description="Names from the root of the site.")
    told_at: datetime
    words: str
    holder: Named | None
    reason: str | None
    until_at: datetime | None
    forwarded_at: datetime | None


class TestedOut(Out):
    """What is on test."""

    devices: list[str]
    place: list[str]
    life_safety: bool
    reason: str
    by: Named
    until_at: datetime


class SilentOut(Out):
    """A device that gives no sign of life."""

    device: str
    system: str
    place: list[str]
    since: datetime


class UnseenOut(Out):
    """A place of which nobody would hear or see."""

    place: list[str]
    device: str


class NotedOut(Out):
    """A note of the shift."""

    words: str
    by: Named
    at: datetime


class SheetOut(Out):
    """What a shift leaves to the next."""

    site: Named
    after: int | None = Field(description="The number of the sheet before it.")
    unclaimed: list[SheetLineOut]
    claimed: list[SheetLineOut]
    parked: list[SheetLineOut]
    at_desk: list[SheetLineOut]
    on_test: list[TestedOut]
    silent: list[SilentOut]
    blind: list[UnseenOut]
    notes: list[NotedOut]


class PresentSheetOut(Out):
    """The sheet as it would be signed now."""

    sheet: SheetOut
    sha256: str
    forbidding: list[int] = Field(
        description="Life-safety reports that nobody has claimed: as long as there are any, "
        "nobody signs."
    )


class HandoverRow(Out):
    """A signed sheet, in a list."""

    number: int
    outgoing: PersonRef
    incoming: PersonRef
    signed_at: datetime
    sha256: str


class HandoverOut(HandoverRow):
    """A signed sheet as it was signed."""

    sheet: SheetOut
    intact: bool = Field(description="Its bytes still have the hash that the journal holds.")


class HandoversOut(Out):
    """Signed sheets, the newest first."""

    items: list[HandoverRow]
    next_cursor: str | None
