"""Names that are the same each time: device codes, event ids, call keys, hashes of cards."""

import hashlib
import hmac
import re
from datetime import datetime

from core.facts.device import CallKey, DeviceCode, EventId
from gateway.access_control.fields import clean

_UNSAFE = re.compile(r"[^\w.@-]+")
_LONGEST_CODE = 64
_SEPARATOR = "\x1f"


def device_code(address: str) -> DeviceCode:
    """Return a safe code for a device that the site file does not know.

    Two addresses never share a code: one that had to be changed gets a piece of its hash.
    """
    safe = _UNSAFE.sub("-", clean(address)).strip("-.")
    if safe and safe == address and len(safe) <= _LONGEST_CODE:
        return DeviceCode(safe)
    return DeviceCode(f"{safe[:_LONGEST_CODE] or 'device'}-{_digest(address)[:8]}")


def event_id(device: DeviceCode, *parts: object) -> EventId:
    """Return an id from what was said: the same words of the same device give the same id."""
    return EventId(_digest(device, *parts)[:32])


def serial_id(serial: str, at: datetime | None) -> EventId:
    """Return an id from a device's own counter; its day keeps it unique after a factory reset."""
    day = f"-{at:%Y%m%dT%H%M%S}" if at else ""
    return EventId(f"{serial[:120]}{day}")


def call_key(device: DeviceCode, *parts: object) -> CallKey:
    """Return the key of a call from what started it."""
    return CallKey(f"{device[:100]}:{_digest(device, *parts)[:16]}")


def card_hash(number: object, key: bytes) -> str:
    """Return a keyed hash of a card's number: it tells two cards apart and no card's number.

    Leading zeros do not count; readers print them or not.
    """
    text = str(number).strip().upper().lstrip("0")
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def _digest(*parts: object) -> str:
    text = _SEPARATOR.join(str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
