"""A still as a camera handed it out, and the camera as everything above the cable sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

#: A picture travels whole or not at all: more than this the centre does not take.
MOST_BYTES = 10 * 1024 * 1024


class NoPicture(Exception):
    """A picture was not to be had; the reason, in words that may stand on a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """One picture, its bytes as received."""

    content: bytes
    #: By our clock, when the last byte had come.
    taken_at: datetime
    #: What the camera's own clock said then, where it tells.
    camera_at: datetime | None = None
    #: When the camera says that it took this picture, where it tells.
    made_at: datetime | None = None

    @property
    def offset_seconds(self) -> float | None:
        """The camera's clock less ours, whole seconds: that is all that HTTP's ``Date`` tells."""
        if self.camera_at is None:
            return None
        return float(round((self.camera_at - self.taken_at).total_seconds() + 0.5))


class Camera(Protocol):
    """A way to a picture."""

    def look(self, *, within: float) -> Still:
        """Return a picture as it is now, in at most so many seconds.

        :raises NoPicture: none was to be had in that time; says why
        """
        ...
