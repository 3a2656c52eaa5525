"""Access control as the gateway sees it: messages of one dialect in, readings out.

Which message of a press is told first, or told again, is the business of ``conversation``;
what a message says is the business of ``codec``. Here the two meet.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.facts.device import (
    DeviceCode,
    DeviceEvent,
    EventType,
    SiteCode,
    Source,
    System,
)
from core.facts.place import Device
from gateway.access_control import clock, identity, native, topic
from gateway.access_control.codec import Codec, Said
from gateway.access_control.conversation import Station
from gateway.access_control.form import Means
from gateway.access_control.presence import Presence
from gateway.access_control.profile import Profile
from gateway.access_control.telling import Telling
from gateway.adapter import Message, Reading, Unreadable, Verdict

_MOST_STATIONS = 10_000
#: Of our own dialect: who may be calling, and nothing else.
_HINTS = frozenset({EventType.CREDENTIAL_PRESENTED})


class AccessControl:
    """One dialect's devices at one site."""

    def __init__(
        self,
        *,
        profile: Profile,
        site: SiteCode,
        zone: ZoneInfo,
        devices: Mapping[str, Device],
        card_key: bytes,
    ) -> None:
        """Listen for ``devices``, given by the address under which the dialect knows them."""
        form = profile.form
        self._profile = profile
        self._site = site
        self._devices = dict(devices)
        # The site file may name a device by its address, a hook by its code.
        self._folded = {one.code.casefold(): one for one in devices.values()}
        self._folded |= {address.casefold(): one for address, one in devices.items()}
        self._codec = Codec(profile, zone=zone, card_key=card_key)
        self._card_key = card_key
        self._late_limit = timedelta(seconds=form.late_limit)
        self._is_native = any(one.body == "cloudevent" for one in form.topic)
        self._stations: dict[DeviceCode, Station] = {}
        self._presence = Presence(
            site=site,
            system=System.ACCESS_CONTROL,
            limits={one.code: _limit(one, profile) for one in devices.values()},
        )

    @property
    def topics(self) -> tuple[str, ...]:
        """MQTT filters of this site's devices; none for dialects that come by HTTP."""
        wanted = (one.replace("{site}", self._site) for one in self._profile.form.filters)
        return topic.filters(wanted, self._devices)

    def read(self, message: Message) -> Reading:
        """Return what the message means."""
        try:
            if self._is_native:
                return self._read_native(message)
            return self._read(message, self._codec.read(message))
        except Unreadable as problem:
            return Reading(verdict=Verdict.UNREADABLE, reason=str(problem))

    def elapsed(self, now: datetime) -> tuple[DeviceEvent, ...]:
        """Return who has fallen silent and who is back, each told once."""
        return tuple(self._presence.elapsed(now))

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        """Take up calls and silences from before a restart."""
        known = sorted(events, key=lambda one: one.occurred_at)
        self._presence.resume(known)
        for event in known:
            if not event.stale:
                self._station(event.source.device).resume(event)

    # ---- our own dialect -------------------------------------------------------------------

    def _read_native(self, message: Message) -> Reading:
        if message.topic.endswith("/heartbeat"):
            return self._beat(message)
        event, receipt = native.read(message, card_key=self._card_key)
        device = event.source.device
        if not message.retained:
            self._presence.heard(device, message.received_at)
        station = self._station(device)
        before = station.told(event.event_id)
        if before is not None:
            return Reading(
                verdict=Verdict.STALE,
                reason="told before",
                device=device,
                event=before,
                receipt=receipt,
            )
        event = native.aged(event, message, late_limit=self._late_limit)
        if not event.stale:
            station.remember(event)
        verdict = Verdict.HINT if event.type in _HINTS else Verdict.EVENT
        return Reading(
            verdict=Verdict.STALE if event.stale else verdict,
            reason=event.type.value,
            device=device,
            event=event,
            receipt=receipt,
        )

    def _beat(self, message: Message) -> Reading:
        """Note that a native device lives; what else the heartbeat says is of no interest."""
        device = self._device((native.speaker(message.topic),))
        if not message.retained:
            self._presence.heard(device, message.received_at)
        return Reading(verdict=Verdict.HEALTH, reason="heartbeat", device=device)

    # ---- every other dialect ---------------------------------------------------------------

    def _read(self, message: Message, said: Said) -> Reading:
        device = self._device(said.addresses)
        if not message.retained and said.means is not Means.SILENT:
            self._presence.heard(device, message.received_at)
        if said.means in {Means.SILENT, Means.BACK}:
            return self._availability(message, said, device)
        when = clock.judge(said.given, received_at=message.received_at, late_limit=self._late_limit)
        old = _old_news(message, said, when)
        station = self._station(device)
        if said.means in {Means.IGNORED, Means.HEALTH}:
            if said.level is not None and not old:
                station.changes(said.level, said.value, message.received_at)
            return _no_event(said, device, old)
        telling = Telling(
            source=Source(self._site, System.ACCESS_CONTROL, device),
            station=station,
            said=said,
            when=when,
            message=message,
        )
        return telling.old_news(old) if old else telling.reading()

    def _availability(self, message: Message, said: Said, device: DeviceCode) -> Reading:
        """Return what a last will or a bridge says of a device: gone, or back."""
        if message.retained:
            if said.means is Means.SILENT:
                self._presence.found_gone(device, message.received_at)
            return Reading(
                verdict=Verdict.HEALTH, reason=f"{said.reason}, kept by the broker", device=device
            )
        change = self._presence.gone if said.means is Means.SILENT else self._presence.back
        event = change(device, message.received_at)
        verdict = Verdict.EVENT if event else Verdict.HEALTH
        return Reading(verdict=verdict, reason=said.reason, device=device, event=event)

    def _device(self, addresses: tuple[str, ...]) -> DeviceCode:
        for address in addresses:
            known = self._devices.get(address) or self._folded.get(address.casefold())
            if known is not None:
                return known.code
        return identity.device_code(addresses[0] if addresses else self._profile.name)

    def _station(self, device: DeviceCode) -> Station:
        station = self._stations.get(device)
        if station is None:
            if len(self._stations) >= _MOST_STATIONS:  # devices choose topics, memory does not
                del self._stations[next(iter(self._stations))]
            form = self._profile.form
            station = self._stations[device] = Station(
                window=timedelta(seconds=form.group_window),
                level_holds=timedelta(seconds=form.level_holds),
            )
        return station


def _old_news(message: Message, said: Said, when: clock.When) -> str:
    """Return why a message is old news, or nothing (Contracts, "Old news")."""
    if message.retained:
        return "kept by the broker from before"
    if said.history:
        return "marked as history by the device"
    return "older than the limit" if when.too_old else ""


def _no_event(said: Said, device: DeviceCode, old: str) -> Reading:
    if old:
        return Reading(verdict=Verdict.IGNORED, reason=f"{said.reason}: {old}", device=device)
    verdict = Verdict.HEALTH if said.means is Means.HEALTH else Verdict.IGNORED
    return Reading(verdict=verdict, reason=said.reason, device=device)


def _limit(device: Device, profile: Profile) -> timedelta | None:
    seconds = device.silent_after or profile.form.silent_after
    return timedelta(seconds=seconds) if seconds else None
