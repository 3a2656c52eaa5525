"""What gateways deliver, and what the log keeps."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.values import Code, Moment, Out
from core.facts.device import EventType, Plain


class RefusedOut(Out):
    """An event of a batch that is not taken, now or ever."""

    index: int
    id: str | None = Field(description="Its id, where one could be read.")
    reason: str


class ReceivedOut(Out):
    """The receipt: what it counts as stored has been committed."""

    received: int
    stored: int
    absorbed: int = Field(description="Told before; nothing changed.")
    refused: list[RefusedOut]


class DeviceEventOut(Out):
    """A line of the log of what devices said."""

    seq: int
    event_id: str
    source: str
    type: EventType
    occurred_at: datetime
    received_at: datetime
    subject: str | None
    call: str | None
    late: bool
    stale: bool
    report: int | None = Field(description="The report of its call, where it belongs to one.")
    data: dict[str, Plain]
    on_test: bool = Field(description="It came while its device was on test and opened nothing.")


class DeviceEventsOut(Out):
    """A page of the log, newest first."""

    items: list[DeviceEventOut]
    next_cursor: str | None


class HeartbeatIn(BaseModel):
    """What a gateway says of itself. Newer gateways may say more."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    spooled: int = Field(default=0, ge=0, le=2**31 - 1)
    oldest_at: Moment | None = Field(
        default=None, description="When the oldest spooled event came."
    )
    quarantined: int = Field(default=0, ge=0, le=2**31 - 1)
    counts: dict[Code, int] = Field(default_factory=dict, max_length=200)
    heard: dict[Code, Moment] = Field(
        default_factory=dict, max_length=10_000, description="When each device last said anything."
    )
    silent: dict[Code, Moment] = Field(
        default_factory=dict, max_length=10_000, description="Since when a device is silent."
    )


class HeartbeatOut(Out):
    """The centre has noted it."""

    now: datetime


class GatewayOut(Out):
    """A gateway and how it is."""

    name: str
    last_heard_at: datetime | None
    spooled: int
    oldest_at: datetime | None
    quarantined: int
    late: bool


class GatewaysOut(Out):
    """The site's gateways, by name."""

    items: list[GatewayOut]
