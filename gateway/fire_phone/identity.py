"""Names that are the same each time: event ids and call keys, made of what was said."""

import hashlib

from core.facts.device import CallKey, DeviceCode, EventId

_SEPARATOR = "\x1f"


def event_id(device: DeviceCode, *parts: object) -> EventId:
    """Return an id from what was said: the same words of the same device give the same id."""
    return EventId(_digest(device, *parts)[:32])


def call_key(device: DeviceCode, *parts: object) -> CallKey:
    """Return the key of a call, or of another episode, from what started it."""
    return CallKey(f"{device[:100]}:{_digest(device, *parts)[:16]}")


def _digest(*parts: object) -> str:
    text = _SEPARATOR.join(str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
