"""What is asked of a camera, and which of the pictures there are is the right one: pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from gateway.cctv.ring import Ring
from gateway.cctv.still import NoPicture, Still


class Label(StrEnum):
    """What a picture is to its report."""

    BEFORE = "before"
    AT = "at"
    AFTER = "after"
    NOW = "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A picture that somebody waits for."""

    moment: datetime
    label: Label
    #: Called once, in the camera's own lane or where it was asked.
    answer: Callable[[Still | NoPicture], None]


def from_ring(asked: Asked, ring: Ring, *, now: datetime, most_off: timedelta) -> Still | None:
    """Return the picture that is kept and will do; None: the camera must be looked at.

    A picture labelled *before* is from before: one from after would be a false record. Otherwise
    the nearest counts, and looking now is one of the choices.

    :raises NoPicture: none is kept, and looking now would not help
    """
    if asked.label is Label.BEFORE:
        still = ring.before(asked.moment)
        if still is None or asked.moment - still.taken_at > most_off:
            raise NoPicture(f"no picture from before that moment is kept{_reach(asked, ring)}")
        return still
    still = ring.nearest(asked.moment)
    fresh_off = now - asked.moment
    if still is not None and abs(still.taken_at - asked.moment) <= fresh_off:
        if asked.label is not Label.NOW or fresh_off <= most_off:
            return _near(still, asked, most_off, ring)
        return None
    if asked.label is not Label.NOW and fresh_off > most_off:
        raise NoPicture(f"no picture from that moment is kept{_reach(asked, ring)}")
    return None


def instead(asked: Asked, ring: Ring, failure: NoPicture, *, most_off: timedelta) -> Still:
    """Return a picture that is near enough although the camera could not be looked at.

    :raises NoPicture: there is none either; says what the camera did
    """
    still = ring.nearest(asked.moment)
    if still is None or abs(still.taken_at - asked.moment) > most_off:
        raise failure
    return still


def _near(still: Still, asked: Asked, most_off: timedelta, ring: Ring) -> Still:
    if abs(still.taken_at - asked.moment) > most_off:
        raise NoPicture(f"no picture from that moment is kept{_reach(asked, ring)}")
    return still


def _reach(asked: Asked, ring: Ring) -> str:
    """Say it as a distance: whoever reads it has his own clock, and his own zone."""
    oldest = ring.oldest_at
    if oldest is None:
        return ""
    apart = (oldest - asked.moment).total_seconds()
    return f"; the oldest is {abs(apart):.0f} s {'later' if apart >= 0 else 'earlier'}"
