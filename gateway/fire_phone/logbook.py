"""Event logs of hosts: which entries are new, also where the count stands still or wraps."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.fire_phone.codec import Entry

_MODULUS = 0x10000
_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a log has that it had not."""

    entries: tuple[Entry, ...]
    #: How many more there were at least, which the log holds no longer.
    missed: int = 0
    #: The first look: all of it is from before.
    baseline: bool = False


@dataclass(slots=True)
class Logbook:
    """What was read of a log so far."""

    #: The entries stand in a ring of so many places; its register only says where it writes next.
    ring: int | None = None
    _count: int | None = None
    _entries: tuple[Entry, ...] = ()

    def read(self, count: int, entries: Sequence[Entry]) -> News:
        """Return what is new since the last look; oldest first."""
        before, self._count = self._count, count
        held, self._entries = self._entries, tuple(entries)
        if before is None:
            return News(entries=self._entries, baseline=True)
        if self.ring is not None:
            return self._round(held)
        more = (count - before) % _MODULUS
        if more == 0 or more > _MOST:
            # A log that is full counts no further, one that was cleared counts from 0.
            return News(entries=_after(held, self._entries))
        known = min(more, len(self._entries))
        return News(entries=self._entries[-known:] if known else (), missed=more - known)

    def _round(self, held: Sequence[Entry]) -> News:
        """Return what a ring has that it had not: its place alone tells no rounds."""
        news = _after(held, self._entries)
        overrun = bool(held) and len(news) == self.ring
        return News(entries=news, missed=1 if overrun else 0)


def _after(held: Sequence[Entry], now: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries of ``now`` after the longest run that ``held`` ended with."""
    for new in range(len(now) + 1):
        old = len(now) - new
        if old <= len(held) and tuple(held[len(held) - old :]) == tuple(now[:old]):
            return tuple(now[old:])
    return tuple(now)
