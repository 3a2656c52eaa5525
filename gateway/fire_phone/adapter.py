"""Fire-phone hosts behind Modbus as the gateway sees them: scans in, readings out."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from core.facts.device import DeviceCode, DeviceEvent, EventType, SiteCode
from core.facts.place import Device
from gateway.adapter import Message, Reading, Unreadable, Verdict
from gateway.fire_phone import scan, telling
from gateway.fire_phone.address import Address
from gateway.fire_phone.host import Host, Told
from gateway.fire_phone.profile import Profile
from gateway.fire_phone.reach import Reach
from gateway.fire_phone.scan import Failed

_SILENCE = {EventType.DEVICE_SILENT: True, EventType.DEVICE_BACK: False}


class FirePhone:
    """The hosts of one profile at one site."""

    def __init__(self, *, profile: Profile, site: SiteCode, devices: Mapping[str, Device]) -> None:
        """Read ``devices``, given by the addresses at which they are polled."""
        self._site = site
        self._profile = profile
        self._reaches = tuple(Reach.of(block) for block in profile.blocks)
        self._hosts = {
            one.code: self._host(one.code, Address.parse(address).unit)
            for address, one in devices.items()
        }
        #: Nobody has said which hosts there are: whoever is read is one.
        self._anybody = not devices

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics under which the cable delivers; no broker knows them."""
        return tuple(f"{scan.PREFIX}/{code}/#" for code in self._hosts)

    def hosts(self) -> Mapping[DeviceCode, Host]:
        """Return the hosts with all that is known of them, for those who look at them."""
        return self._hosts

    def read(self, message: Message) -> Reading:
        """Return what one scan of one block means."""
        try:
            return self._read(message)
        except Unreadable as problem:
            return Reading(verdict=Verdict.UNREADABLE, reason=str(problem))

    def elapsed(self, now: datetime) -> tuple[DeviceEvent, ...]:
        """Return what time alone brings about: silence, and what has come to rest."""
        return tuple(
            event
            for code, host in self._hosts.items()
            for event in self._events(code, host.elapsed(now))
        )

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        """Take up calls, faults and silences from before a restart."""
        known = sorted(events, key=lambda one: one.occurred_at)
        for code, host in self._hosts.items():
            own = [one for one in known if one.source.device == code]
            for (part, name), told in telling.remembered(own).items():
                telling.resume(host.part(part, name, telling.place_of(told)), told)
            for one in own:
                if one.type in _SILENCE:
                    unit = one.data.get("unit")
                    key = one.call if _SILENCE[one.type] else None
                    host.presence.resume(unit if isinstance(unit, int) else None, key)

    def _read(self, message: Message) -> Reading:
        device, unit, block = scan.parse_topic(message.topic)
        code, at = DeviceCode(device), message.received_at
        host = self._hosts.get(code) or self._stranger(code)
        values = scan.unpack(message.payload)
        if not host.knows(unit, block, None if isinstance(values, Failed) else len(values)):
            raise Unreadable("the profile has no such block, or one of another length")
        if isinstance(values, Failed):
            told, otherwise = host.failed(unit, block, values, at), f"not read: {values.why}"
        else:
            told, otherwise = host.scanned(unit, block, values, at), "scanned"
        return telling.reading(code, self._events(code, told), otherwise)

    def _stranger(self, device: DeviceCode) -> Host:
        """Return a host that was not named before, where any will do.

        :raises Unreadable: the site file names others.
        """
        if not self._anybody:
            raise Unreadable("a host that the site file does not name")
        host = self._hosts[device] = self._host(device, None)
        return host

    def _host(self, device: DeviceCode, unit: int | None) -> Host:
        return Host(device, self._profile, reaches=self._reaches, unit=unit)

    def _events(self, code: DeviceCode, told: Iterator[Told]) -> list[DeviceEvent]:
        return [telling.event(self._site, code, part, step) for part, step in told]
