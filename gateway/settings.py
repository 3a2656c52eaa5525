"""What one gateway needs to run: made of the site file, the command line and the environment."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from core.facts.device import DeviceCode, DeviceEvent, SiteCode, System
from core.facts.place import Device, Site
from gateway import camera_plan
from gateway.access_control import profile as access_control
from gateway.access_control.adapter import AccessControl
from gateway.adapter import Adapter
from gateway.camera_plan import CameraPlans
from gateway.fire_phone import wiring as fire_phone
from gateway.fire_phone.address import Address
from gateway.links import modbus_plan
from gateway.links.address import BrokerAddress
from gateway.links.modbus_plan import LinePlan
from gateway.site import BrokerWiring, Wiring

#: Where the token for the centre may stand instead of a file.
TOKEN_VARIABLE = "SHOUWEN_GATEWAY_TOKEN"  # noqa: S105 - the variable's name, not a secret


class Unconfigured(Exception):
    """Something that the gateway cannot do without is not said, or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A gateway's settings."""

    #: Unlike any other gateway's: site, and which of its gateways.
    name: str
    #: Where spool, broker and keys live; one gateway's alone.
    data: Path
    centre_url: str
    token: str | None = field(default=None, repr=False)
    #: Makes the adapters, by the names of their profiles; fresh ones after a failure.
    adapters: Callable[[], Mapping[str, Adapter]]
    #: Which devices each adapter knows.
    devices: Mapping[str, frozenset[DeviceCode]] = field(default_factory=dict)
    #: None: a broker of our own, on ``broker_port`` or a free port.
    broker: BrokerAddress | None = None
    broker_port: int | None = None
    #: Where devices may post, if they may.
    http: tuple[str, int] | None = None
    http_secret: str | None = field(default=None, repr=False)
    #: Modbus lines to poll.
    lines: tuple[LinePlan, ...] = ()
    #: Where fire-alarm transmitters may connect, if they may.
    gb26875: tuple[str, int] | None = None
    #: Cameras to look at, if there are any.
    cameras: CameraPlans | None = None

    def remembered_by(self, profile: str, events: Iterable[DeviceEvent]) -> list[DeviceEvent]:
        """Return the events of a profile's own devices, and of those that nobody knows."""
        own = self.devices.get(profile, frozenset())
        others = frozenset[DeviceCode]().union(*self.devices.values()) - own
        return [event for event in events if event.source.device not in others]


def of(
    wiring: Wiring,
    *,
    data: Path,
    environment: Mapping[str, str],
    instance: str = "1",
    centre_url: str | None = None,
    broker: BrokerWiring | None = None,
) -> Settings:
    """Return the settings that a site's wiring makes; what is given here beside it goes first.

    :raises Unconfigured: there is no address of the centre, or a secret cannot be read.
    """
    url = centre_url or (wiring.centre.url if wiring.centre else None)
    if url is None:
        raise Unconfigured("no address of the centre: [centre] url, or --centre-url")
    token_file = wiring.centre.token_file if wiring.centre else None
    chosen = broker or wiring.broker
    http = wiring.http
    profiles = _by_profile(wiring.site)
    phones = fire_phone.by_profile(wiring.site)
    telling = camera_plan.by_profile(wiring.site)
    card_key = _card_key(data)
    return Settings(
        name=f"{wiring.site.code}-{instance}",
        data=data,
        centre_url=url,
        token=environment.get(TOKEN_VARIABLE) or _secret(token_file),
        adapters=lambda: (
            _adapters(wiring.site, profiles, card_key)
            | fire_phone.adapters(wiring.site, phones)
            | camera_plan.adapters(wiring.site, telling)
        ),
        devices={
            name: frozenset(one.code for one in group)
            for name, group in (*profiles.items(), *phones.items(), *telling.items())
        },
        broker=_address(chosen) if chosen is not None and chosen.url is not None else None,
        broker_port=chosen.port if chosen is not None else None,
        http=(http.host, http.port) if http is not None else None,
        http_secret=_secret(http.secret_file) if http is not None else None,
        lines=_lines(phones),
        gb26875=wiring.gb26875,
        cameras=camera_plan.plans(wiring.site, wiring.cameras, secret=_secret),
    )


def _address(wiring: BrokerWiring) -> BrokerAddress:
    return BrokerAddress(
        url=wiring.url or "",
        username=wiring.username,
        password=_secret(wiring.password_file),
        ca_file=wiring.ca_file,
        counts_losses=wiring.counts_losses,
    )


def _by_profile(site: Site) -> dict[str, list[Device]]:
    """Return the site's door stations by the profile they speak."""
    groups: dict[str, list[Device]] = {}
    for device in site.devices.values():
        if device.system is System.ACCESS_CONTROL:
            groups.setdefault(access_control.load(device.profile).name, []).append(device)
    return groups


def _adapters(
    site: Site, profiles: Mapping[str, list[Device]], card_key: bytes
) -> dict[str, Adapter]:
    return {
        name: AccessControl(
            profile=access_control.load(devices[0].profile),
            site=SiteCode(site.code),
            zone=ZoneInfo(site.zone),
            devices={device.address: device for device in devices},
            card_key=card_key,
        )
        for name, devices in profiles.items()
    }


def _lines(phones: Mapping[str, list[Device]]) -> tuple[LinePlan, ...]:
    """Return the Modbus lines on which the site's fire-phone hosts are."""
    plans = []
    for profile, device in fire_phone.polled(phones):
        address = Address.parse(device.address)
        asks = profile.asks(device.code, unit=address.unit)
        plans.append(modbus_plan.plan(profile, address, asks))
    return tuple(modbus_plan.lines(plans))


def _secret(file: Path | None) -> str | None:
    """Return what the file holds.

    :raises Unconfigured: it cannot be read, or is empty.
    """
    if file is None:
        return None
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as problem:
        raise Unconfigured(f"{file}: {problem}") from None
    if not secret:
        raise Unconfigured(f"{file} is empty")
    return secret


def _card_key(data: Path) -> bytes:
    """Return the key under which cards are hashed; made once, for only ourselves to read."""
    file = data / "card.key"
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            fresh = data / "card.key.new"
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_bytes(32))
            fresh.rename(file)
        return file.read_bytes()
    except OSError as problem:
        raise Unconfigured(f"{file}: {problem}") from None
