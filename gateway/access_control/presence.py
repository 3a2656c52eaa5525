"""Who is there: silence is told once when it begins and once when it ends.

Retained messages prove nothing: the broker sends them for devices that are long gone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.facts.device import CallKey, DeviceCode, DeviceEvent, EventType, SiteCode, Source, System
from gateway.access_control import identity

_MOST_UNKNOWN = 10_000


@dataclass(slots=True)
class _Watched:
    limit: timedelta | None
    #: When it last said something live; None: nothing since we listen.
    heard_at: datetime | None = None
    #: Since when we listen at all.
    watched_from: datetime | None = None
    #: The open episode of silence.
    episode: CallKey | None = None
    #: Somebody said that it is gone (a last will found on the broker); to be told when next asked.
    gone_since: datetime | None = None
    #: It spoke again; to be told when next asked.
    back_at: datetime | None = None


class Presence:
    """The supervision of a dialect's devices."""

    def __init__(
        self, *, site: SiteCode, system: System, limits: Mapping[DeviceCode, timedelta | None]
    ) -> None:
        """Watch these devices from the start, each with its limit of silence if it has one."""
        self._site = site
        self._system = system
        self._watched = {device: _Watched(limit) for device, limit in limits.items()}
        self._known = frozenset(limits)

    def heard(self, device: DeviceCode, at: datetime) -> None:
        """Note that a device said something live."""
        watched = self._of(device)
        watched.heard_at = at
        watched.gone_since = None
        if watched.episode is not None and watched.back_at is None:
            watched.back_at = at

    def gone(self, device: DeviceCode, at: datetime) -> DeviceEvent | None:
        """Return the event that a device is said to be gone; None if that was told already."""
        watched = self._of(device)
        watched.gone_since = None
        if watched.episode is not None and watched.back_at is None:
            return None
        watched.back_at = None
        return self._silent(device, watched, at=at, since=watched.heard_at)

    def found_gone(self, device: DeviceCode, at: datetime) -> None:
        """Note a last will that lay on the broker: true now, told when next asked."""
        watched = self._of(device)
        if watched.episode is None and watched.heard_at is None:
            watched.gone_since = at

    def back(self, device: DeviceCode, at: datetime) -> DeviceEvent | None:
        """Return the event that a device is back; None if nobody was told that it was gone."""
        watched = self._of(device)
        watched.heard_at, watched.gone_since = at, None
        if watched.episode is None:
            return None
        return self._back(device, watched, watched.back_at or at)

    def elapsed(self, now: datetime) -> Iterator[DeviceEvent]:
        """Yield what time has brought about since the last call."""
        for device, watched in self._watched.items():
            if watched.watched_from is None:
                watched.watched_from = now
            if watched.episode is not None and watched.back_at is not None:
                yield self._back(device, watched, watched.back_at)
            if watched.episode is not None:
                continue
            if watched.gone_since is not None:
                yield self._silent(device, watched, at=watched.gone_since, since=None)
                watched.gone_since = None
            elif watched.limit is not None:
                last = watched.heard_at or watched.watched_from
                if now - last > watched.limit:
                    yield self._silent(device, watched, at=now, since=last)

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        """Take up episodes that had begun before a restart."""
        for event in sorted(events, key=lambda one: one.occurred_at):
            if event.type is EventType.DEVICE_SILENT and event.call and not event.stale:
                self._of(event.source.device).episode = event.call
            elif event.type is EventType.DEVICE_BACK:
                self._of(event.source.device).episode = None

    def _of(self, device: DeviceCode) -> _Watched:
        watched = self._watched.get(device)
        if watched is None:
            if len(self._watched) - len(self._known) >= _MOST_UNKNOWN:
                oldest = next(one for one in self._watched if one not in self._known)
                del self._watched[oldest]
            watched = self._watched[device] = _Watched(None)
        return watched

    def _silent(
        self, device: DeviceCode, watched: _Watched, *, at: datetime, since: datetime | None
    ) -> DeviceEvent:
        key = identity.call_key(device, "silent", at.isoformat())
        watched.episode = key
        data = {"last_heard": since.isoformat()} if since else {}
        return self._event(device, EventType.DEVICE_SILENT, at, key, data)

    def _back(self, device: DeviceCode, watched: _Watched, at: datetime) -> DeviceEvent:
        key = watched.episode
        watched.episode = watched.back_at = None
        assert key is not None  # callers have looked
        return self._event(device, EventType.DEVICE_BACK, at, key, {})

    def _event(
        self,
        device: DeviceCode,
        kind: EventType,
        at: datetime,
        key: CallKey,
        data: Mapping[str, str],
    ) -> DeviceEvent:
        return DeviceEvent(
            event_id=identity.event_id(device, kind.value, key),
            source=Source(self._site, self._system, device),
            type=kind,
            occurred_at=at,
            time_estimated=True,
            call=key,
            data=data,
        )
