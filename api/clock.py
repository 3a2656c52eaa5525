"""The one place of the centre at which the clock is read."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the site's time, and how it runs beside the real one."""

    @property
    def speed(self) -> float:
        """How many seconds of the site pass in a real one."""
        ...

    @property
    def demo(self) -> bool:
        """Whether the site's time is a demonstration's."""
        ...

    def now(self) -> datetime:
        """Return the site's present moment."""
        ...

    def at(self, real: datetime) -> datetime:
        """Return the site's moment that goes with a real one."""
        ...

    def real(self, at: datetime) -> datetime:
        """Return the real moment that goes with one of the site."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock: what gateways, devices and people go by."""

    speed: float = 1.0
    demo: bool = False

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return _real()

    def at(self, real: datetime) -> datetime:
        """Return the moment itself."""
        return real

    def real(self, at: datetime) -> datetime:
        """Return the moment itself."""
        return at


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoClock:
    """A day in minutes: at ``real_epoch`` it is ``civil_epoch``, and from there time runs faster.

    Gateways and simulators go on by the real clock, so what they say happened is converted.
    """

    real_epoch: datetime
    civil_epoch: datetime
    speed: float
    demo: bool = True

    @classmethod
    def starting(cls, *, civil_epoch: datetime | None, speed: float) -> "DemoClock":
        """Begin now, at ``civil_epoch`` or at the real moment."""
        real = _real()
        return cls(real_epoch=real, civil_epoch=civil_epoch or real, speed=speed)

    def now(self) -> datetime:
        """Return the demonstration's present moment."""
        return self.at(_real())

    def at(self, real: datetime) -> datetime:
        """Return the demonstration's moment that goes with a real one."""
        return self.civil_epoch + (real - self.real_epoch) * self.speed

    def real(self, at: datetime) -> datetime:
        """Return the real moment that goes with one of the demonstration."""
        return self.real_epoch + (at - self.civil_epoch) / self.speed


def _real() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the shell's clock itself
