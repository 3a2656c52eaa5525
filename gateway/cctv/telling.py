"""Device events of cameras, as they are agreed with the centre: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.facts import moment
from core.facts.device import (
    CallKey,
    DeviceCode,
    DeviceEvent,
    EventId,
    EventType,
    Plain,
    SiteCode,
    Source,
    System,
)
from gateway.cctv.header import Header
from gateway.cctv.still import Still


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A still in the form in which it travels."""

    content: bytes
    sha256: str
    header: Header
    taken: Still
    masked: bool


def source(site: SiteCode, camera: str) -> Source:
    """Return who speaks."""
    return Source(site, System.CCTV, DeviceCode(camera))


def answer_id(want: str) -> EventId:
    """Return the id of the answer to a want: the same however often it is answered."""
    return EventId(f"want-{want}")


def taken(who: Source, *, want: str | None, label: str, picture: Picture) -> DeviceEvent:
    """Return the event that a picture was taken."""
    still, header = picture.taken, picture.header
    at = moment.text(still.taken_at)
    return DeviceEvent(
        event_id=answer_id(want) if want else EventId(f"{label}-{at}-{picture.sha256[:16]}"),
        source=who,
        type=EventType.SNAPSHOT_TAKEN,
        occurred_at=still.taken_at,
        subject=label,
        data={
            "want": want,
            "sha256": picture.sha256,
            "taken_at": at,
            "offset_seconds": still.offset_seconds,
            "width": header.width,
            "height": header.height,
            "media_type": header.media.value,
            "bytes": len(picture.content),
            "masked": picture.masked,
        },
    )


def not_taken(who: Source, *, want: str, label: str, reason: str, now: datetime) -> DeviceEvent:
    """Return the event that a wanted picture cannot be had."""
    return DeviceEvent(
        event_id=answer_id(want),
        source=who,
        type=EventType.SNAPSHOT_TAKEN,
        occurred_at=now,
        subject=label,
        data={"want": want, "reason": reason[:500]},
    )


def compared(who: Source, *, want: str, said: Mapping[str, Plain], now: datetime) -> DeviceEvent:
    """Return the event that two pictures were compared, or why they could not be."""
    return DeviceEvent(
        event_id=answer_id(want),
        source=who,
        type=EventType.SCENE_COMPARED,
        occurred_at=now,
        data={"want": want, **said},
    )


def standing(
    who: Source,
    kind: EventType,
    *,
    since: datetime,
    at: datetime,
    subject: str | None = None,
    data: Mapping[str, Plain] | None = None,
) -> DeviceEvent:
    """Return the event that something holds, or held, ``since`` then: a fault or a finding.

    Beginning and end of one episode bear the same key.
    """
    began = moment.text(since)
    where = f"-{subject}" if subject else ""
    return DeviceEvent(
        event_id=EventId(f"{kind.value}-{began}{where}"[:200]),
        source=who,
        type=kind,
        occurred_at=at,
        subject=subject,
        call=CallKey(f"{who.device}:{began}{where}"[:200]),
        data=dict(data or {}),
    )
