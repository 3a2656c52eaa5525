"""The watch over the seat, as consoles tell it and are told."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.schemas.values import In, Out
from core.facts.seat import Trouble


class SeatIn(In):
    """What a console says of itself and of who sits there."""

    present: bool = Field(description="Keys or pointer were used, or somebody said so.")
    sound_blocked: bool = False
    stream_stale: bool = False


class MuteIn(In):
    """For how long the sound of this console is muted."""

    seconds: Annotated[int, Field(ge=1, le=60)]


class SeatOut(Out):
    """Whether the consoles of the centre ask if anybody is there."""

    asked_at: datetime | None
    called_at: datetime | None = Field(description="When the captain was called; once a lapse.")


class SummonsOut(Out):
    """A call to the seat, to me."""

    number: int
    trouble: Trouble
    at: datetime
    acknowledged_at: datetime | None


class AllSummonsOut(Out):
    """My calls to the seat, the newest first."""

    items: list[SummonsOut]
