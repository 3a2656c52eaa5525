"""Silence of those who speak by themselves: told once when it begins, once when it ends.

Only time in which we listened counts. Where our own disk made us deaf, nobody has fallen silent.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.facts.device import CallKey, DeviceCode, DeviceEvent, EventType
from gateway.fire_phone import identity
from gateway.fire_phone.aspect import Step

#: We are asked every second; a longer pause was ours.
_LISTENED = timedelta(seconds=5)


@dataclass(slots=True)
class _Watched:
    limit: timedelta
    silent_for: timedelta = timedelta(0)
    heard_at: datetime | None = None
    episode: CallKey | None = None
    back_at: datetime | None = None


class Silence:
    """Watches the devices that have a limit of silence."""

    def __init__(self, limits: Mapping[DeviceCode, float | None]) -> None:
        """Watch devices, given with their limits in seconds; without one there is no watching."""
        self._watched = {
            device: _Watched(timedelta(seconds=limit)) for device, limit in limits.items() if limit
        }
        self._asked_at: datetime | None = None

    def heard(self, device: DeviceCode, at: datetime) -> None:
        """Note that a device said something."""
        watched = self._watched.get(device)
        if watched is not None:
            watched.silent_for, watched.heard_at = timedelta(0), at
            watched.back_at = at if watched.episode is not None else None

    def elapsed(self, now: datetime) -> Iterator[tuple[DeviceCode, Step]]:
        """Yield what time has brought about since this was last asked."""
        passed = now - (self._asked_at or now)
        self._asked_at = now
        for device, watched in self._watched.items():
            watched.silent_for += max(timedelta(0), min(passed, _LISTENED))
            if watched.episode is not None and watched.back_at is not None:
                back = Step(type=EventType.DEVICE_BACK, key=watched.episode, at=watched.back_at)
                watched.episode = watched.back_at = None
                yield device, back
            elif watched.episode is None and watched.silent_for > watched.limit:
                watched.episode = identity.call_key(device, "silent", now.isoformat())
                heard = watched.heard_at
                data = {"last_heard": heard.isoformat()} if heard is not None else {}
                yield (
                    device,
                    Step(type=EventType.DEVICE_SILENT, key=watched.episode, at=now, data=data),
                )

    def resume(self, device: DeviceCode, events: Iterable[DeviceEvent]) -> None:
        """Take up an episode from before a restart."""
        watched = self._watched.get(device)
        for event in events:
            if watched is not None and event.type is EventType.DEVICE_SILENT:
                watched.episode = event.call
            elif watched is not None and event.type is EventType.DEVICE_BACK:
                watched.episode = None
