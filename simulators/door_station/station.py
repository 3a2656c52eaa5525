"""What every simulated station can be asked for."""

from datetime import datetime
from typing import Protocol

from simulators.action import Act, Action
from simulators.outgoing import Outgoing


class Station(Protocol):
    """A station as the bus sees it. It owns no socket and reads no clock."""

    @property
    def code(self) -> str:
        """Its code in the building."""
        ...

    @property
    def can(self) -> frozenset[Act]:
        """What can happen to it, apart from what befalls every station."""
        ...

    @property
    def event_topic(self) -> str:
        """A topic on which it tells events; rubbish is sent there too."""
        ...

    def start(self, *, now: datetime) -> list[Outgoing]:
        """Return what it says when it comes up."""
        ...

    def heartbeat(self, *, now: datetime) -> list[Outgoing]:
        """Return what it says when nothing happens."""
        ...

    def say(self, action: Action, *, now: datetime) -> list[Outgoing]:
        """Return what it says about this, in the order it says it; ``now`` is its own clock."""
        ...
