"""One message on its way from a simulated device to the broker."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What goes over the cable, and how."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False
    #: Set where the device keeps the event until a receipt names this id.
    event_id: str | None = None
