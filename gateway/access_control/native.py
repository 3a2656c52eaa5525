"""Our own dialect: CloudEvents on ``shouwen/<site>/<device>/event``, resent until receipted.

The event arrives as it shall be kept, so there is little to translate; what a device claims to
be is compared with the topic it was allowed to publish on.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.errors import NotReadable
from core.facts import cloudevent
from core.facts.device import DeviceEvent, EventType, Plain
from gateway.access_control import clock, identity
from gateway.access_control.fields import clean
from gateway.access_control.payload import MOST_BYTES
from gateway.access_control.topic import usable
from gateway.adapter import Message, Receipt, Unreadable

PREFIX: Final = "shouwen"
#: Names under which careless firmware sends a card's number in the open.
_CARDS = frozenset({"card", "card_no", "card_number", "cardno", "cardnumber"})


def read(message: Message, *, card_key: bytes) -> tuple[DeviceEvent, Receipt]:
    """Return the event of a native device, and the receipt it waits for.

    :raises Unreadable: not an event as agreed, or one that claims to be another device's.
    """
    levels = message.topic.split("/")
    if len(levels) != 4 or levels[0] != PREFIX or levels[3] != "event":
        raise Unreadable("not a native event topic: shouwen/<site>/<device>/event")
    if len(message.payload) > MOST_BYTES:
        raise Unreadable(f"more than {MOST_BYTES} bytes")
    try:
        event = cloudevent.decode(message.payload)
    except (NotReadable, OverflowError, RecursionError) as problem:
        raise Unreadable(str(problem)[:200]) from None
    if event.source.site != levels[1] or event.source.device != levels[2]:
        raise Unreadable(f"claims to be {str(event.source)[:100]!r}")
    facts = _facts(event.data, card_key)
    if facts is not event.data:
        event = replace(event, data=facts)
    receipt = Receipt(topic=f"{PREFIX}/{levels[1]}/{levels[2]}/receipt", event_id=event.event_id)
    return event, receipt


def speaker(topic: str) -> str:
    """Return which device a heartbeat's topic names.

    :raises Unreadable: not ``shouwen/<site>/<device>/heartbeat``.
    """
    levels = topic.split("/")
    if not usable(topic) or len(levels) != 4 or levels[0] != PREFIX or not levels[2]:
        raise Unreadable("not a native heartbeat topic: shouwen/<site>/<device>/heartbeat")
    return levels[2]


def aged(event: DeviceEvent, message: Message, *, late_limit: timedelta) -> DeviceEvent:
    """Return the event with what its age and its way here make of it."""
    given = clock.Given(at=event.occurred_at, text=None)
    when = clock.judge(given, received_at=message.received_at, late_limit=late_limit)
    stale = event.stale or message.retained or when.too_old
    if not (stale or when.late or when.estimated or event.late):
        return event
    late = (when.late or event.late) and not stale
    data = dict(event.data)
    if when.estimated:
        data["device_time"] = event.occurred_at.isoformat()
    return replace(
        event,
        type=EventType.INTERCOM_MISSED
        if late and event.type is EventType.INTERCOM_RINGING
        else event.type,
        occurred_at=when.at,
        time_estimated=event.time_estimated or when.estimated,
        late=late,
        stale=stale,
        data=data,
    )


def _facts(data: Mapping[str, Plain], card_key: bytes) -> Mapping[str, Plain]:
    """Return the data with a card's number hashed.

    :raises Unreadable: a number that JSON does not have or no device counts to.
    """
    cards = []
    for name, value in data.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise Unreadable(f"data.{clean(name)}: {value} is not JSON")
        if isinstance(value, int) and abs(value) >= 2**63:
            raise Unreadable(f"data.{clean(name)}: no device counts so far")
        if value not in (None, "") and name.casefold() in _CARDS:
            cards.append(name)
    if not cards:
        return data
    kept = {name: value for name, value in data.items() if name not in cards}
    return {**kept, "card_hash": identity.card_hash(data[cards[0]], card_key)}
