"""The fire phones of a site: which adapters read them, by the names of their profiles."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from core.facts.device import SiteCode, System
from core.facts.place import Device, Site
from gateway.adapter import Adapter
from gateway.fire_phone import profile as profiles
from gateway.fire_phone.adapter import FirePhone
from gateway.fire_phone.gb_adapter import FirePhoneSenders, source_address
from gateway.fire_phone.profile import Profile


def by_profile(site: Site) -> dict[str, list[Device]]:
    """Return the site's fire-phone hosts by profile, as the site file names it."""
    groups: dict[str, list[Device]] = {}
    for device in site.devices.values():
        if device.system is System.FIRE_PHONE:
            groups.setdefault(device.profile, []).append(device)
    return groups


def adapters(site: Site, groups: Mapping[str, list[Device]]) -> dict[str, Adapter]:
    """Return one adapter for each profile."""
    return {
        name: adapter(
            profiles.load(name), site=site.code, zone=ZoneInfo(site.zone), devices=devices
        )
        for name, devices in groups.items()
    }


def adapter(
    profile: Profile, *, site: SiteCode, zone: ZoneInfo, devices: Iterable[Device]
) -> Adapter:
    """Return the adapter of a profile's protocol. Without devices it reads whoever speaks."""
    if profile.form.protocol == "gb26875":
        senders = {source_address(one.address): one for one in devices}
        return FirePhoneSenders(profile=profile, site=site, zone=zone, devices=senders)
    return FirePhone(profile=profile, site=site, devices={one.address: one for one in devices})


def polled(groups: Mapping[str, list[Device]]) -> list[tuple[Profile, Device]]:
    """Return the hosts that have to be polled, each with its profile."""
    return [
        (profile, device)
        for name, devices in groups.items()
        if (profile := profiles.load(name)).form.protocol == "modbus"
        for device in devices
    ]
