"""When something happened, by a transmitter's clocks, which are often wrong.

A frame bears two times: when the panel noticed, and when the transmitter sent. For life safety a
wrong clock must not make old news of a call that comes just now.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from gateway.fire_phone import gb_body

#: A call older than this cannot be answered any more (Contracts, "Old news").
LATE_AFTER = timedelta(seconds=120)
_AHEAD = timedelta(seconds=120)
#: Clocks with an empty battery start long ago; nothing real is older than this.
_ABSURD = datetime(2010, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When something happened, as far as can be known."""

    #: None: on arrival.
    given_at: datetime | None
    #: What the device said, right or wrong: the same when it tells the same again.
    said_at: datetime | None
    late: bool = False
    #: By both clocks it is long past.
    too_old: bool = False


def judge(
    item: bytes, frame: bytes, *, zone: tzinfo, received_at: datetime, late_limit: timedelta
) -> When:
    """Return when it happened: by the panel's clock, unless that cannot be."""
    noticed = gb_body.moment(item, zone, near=received_at) if item else None
    sent = gb_body.moment(frame, zone, near=received_at)
    said = noticed or sent
    if noticed is not None and _can_be(noticed, received_at, late_limit):
        late = received_at - noticed > LATE_AFTER
        return When(given_at=noticed, said_at=said, late=late)
    if sent is not None and _can_be(sent, received_at, late_limit):
        late = received_at - sent > LATE_AFTER
        return When(given_at=sent if late else None, said_at=said, late=late)
    known = [one for one in (noticed, sent) if one is not None and one > _ABSURD]
    too_old = bool(known) and all(received_at - one > late_limit for one in known)
    return When(given_at=None, said_at=said, too_old=too_old)


def is_absurd(time: bytes) -> bool:
    """Whether the six bytes are no moment, or one long before anything real."""
    at = gb_body.moment(time, UTC, near=_ABSURD)
    return at is None or at < _ABSURD


def _can_be(at: datetime, received_at: datetime, late_limit: timedelta) -> bool:
    return at - received_at <= _AHEAD and received_at - at <= late_limit
