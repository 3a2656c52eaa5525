"""The contract between cables and meaning: what a link delivers, what an adapter makes of it.

A **link** (``gateway/links``) owns a socket and knows no meaning. It hands on each message and
acknowledges it only when it is told that the spool has it. An **adapter** (one per device kind)
knows the meaning and owns no socket: it takes messages and the moment, and returns readings.
Two families of error, and no others, cross it: ``Unreadable`` (content) and ``LinkDown`` (line).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.facts.device import CallKey, DeviceCode, DeviceEvent, EventId


class Unreadable(Exception):
    """The content cannot be understood; the message is kept in quarantine and acknowledged."""


class LinkDown(Exception):
    """The line to the device or the broker is down; nothing was acknowledged."""


class Verdict(StrEnum):
    """What the gateway makes of a message."""

    EVENT = "event"  # something happened
    HINT = "hint"  # tells who may be calling; never opens anything by itself
    HEALTH = "health"  # the device lives, or says how it is
    IGNORED = "ignored"  # understood, and of no interest here
    STALE = "stale"  # old news: kept in the log, opens nothing
    UNREADABLE = "unreadable"  # rubbish: kept in quarantine


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as the cable carried it."""

    #: MQTT topic, or the request's path for dialects that come by HTTP.
    topic: str
    payload: bytes
    received_at: datetime
    #: The broker kept it from before we subscribed.
    retained: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a device of the native profile waits for: it resends until it gets this."""

    topic: str
    event_id: EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one message means. There is exactly one reading per message."""

    verdict: Verdict
    #: Why, in a short English sentence; also what is counted.
    reason: str
    #: Who spoke, when that could be told.
    device: DeviceCode | None = None
    event: DeviceEvent | None = None
    #: Further events of the same message: one poll of a block of registers may show several.
    also: tuple[DeviceEvent, ...] = ()
    #: To be sent once the reading is safe in the spool, also when it was told before.
    receipt: Receipt | None = None

    @property
    def call(self) -> CallKey | None:
        """The call this message belongs to."""
        return self.event.call if self.event else None


class Adapter(Protocol):
    """The meaning of one device kind in one dialect."""

    @property
    def topics(self) -> tuple[str, ...]:
        """MQTT topic filters to subscribe to; empty for dialects that come by HTTP."""
        ...

    def read(self, message: Message) -> Reading:
        """Return what the message means; never raises for bad content."""
        ...

    def elapsed(self, now: datetime) -> tuple[DeviceEvent, ...]:
        """Return what time alone brings about, such as a device gone silent; each told once."""
        ...

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        """Remember recent events from before a restart, so that one press stays one call."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way, with the way to acknowledge it once it is safe."""

    message: Message
    acknowledge: Callable[[], None]
    #: Whether the cable tells it once more when it breaks off before this was acknowledged.
    comes_again: bool = False


class Link(Protocol):
    """A cable: delivers messages, acknowledges nothing by itself."""

    def start(self, deliver: Callable[[Delivery], None]) -> None:
        """Begin delivering; returns at once, reconnects by itself."""
        ...

    def send(self, topic: str, payload: bytes) -> None:
        """Send a receipt back to a device; a lost one is made good by the device's resend."""
        ...

    def stop(self) -> None:
        """End cleanly; what is not acknowledged comes again."""
        ...

    def alive(self, now: datetime) -> bool:
        """Whether the link shows progress: judged by traffic, never by a flag."""
        ...
