"""When it storms, and what is folded then: pure."""

from datetime import datetime, timedelta

from core.facts.device import DeviceEvent
from core.facts.report import ReportClass
from core.facts.storm import Pulse
from core.monitoring import policy

#: A minute of the site's clock is counted in so many slots.
SLOTS = 12
#: Never life safety, never what a person says or calls for.
FOLDED = frozenset({ReportClass.ALARM, ReportClass.FAULT})


def counts(event: DeviceEvent) -> bool:
    """Whether an event speaks of a trouble: cards, openings of doors and old news do not."""
    if event.stale:
        return False
    kind = event.type
    return kind in policy.OPENS or kind in policy.MOVES or kind in policy.CLEARS


def beat(pulse: Pulse, events: int, *, minute: timedelta, now: datetime) -> Pulse:
    """Return the pulse once so many more events were heard.

    :param minute: how long a minute is by the site's clock; a demonstration's runs fast.
    """
    slot = _slot(minute, now)
    kept = {at: told for at, told in pulse.slots if slot - SLOTS < at <= slot}
    if events:
        kept[slot] = kept.get(slot, 0) + events
    return Pulse(slots=tuple(sorted(kept.items())), storm=pulse.storm)


def rate(pulse: Pulse) -> int:
    """Return how many events the last minute brought."""
    return sum(told for _, told in pulse.slots)


def _slot(minute: timedelta, now: datetime) -> int:
    return int(now.timestamp() * SLOTS // minute.total_seconds())
