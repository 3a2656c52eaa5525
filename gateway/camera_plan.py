"""A site's cameras as one gateway runs them: profiles, ways, secrets, and their readers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.facts.device import DeviceCode, SiteCode, System
from core.facts.place import Device, Site
from gateway.adapter import Adapter
from gateway.camera_site import CameraWiring
from gateway.cctv import profile as profiles
from gateway.cctv.adapter import HOOKS, Cctv
from gateway.cctv.form import ProfileForm
from gateway.cctv.profile import Where
from gateway.cctv.rule import Rule
from gateway.cctv.still import Camera
from gateway.links.camera import camera
from gateway.links.camera_address import CameraAddress
from gateway.links.camera_log_in import Credentials

_Polygon = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraPlan:
    """One camera, ready to be looked at."""

    code: DeviceCode
    profile: ProfileForm
    where: Where
    credentials: Credentials | None
    interval: float
    keep: float
    masks: tuple[_Polygon, ...]
    finds: tuple[Rule, ...]
    clock_region: _Polygon | None

    def camera(self, clock: Callable[[], datetime]) -> Camera:
        """Return the way to its pictures."""
        return camera(self.profile, self.where, credentials=self.credentials, clock=clock)

    @property
    def stream(self) -> CameraAddress | None:
        """Where it tells what it finds, if it does."""
        return CameraAddress.parse(self.where.stream) if self.where.stream else None

    @property
    def hook(self) -> str:
        """Under which path what it tells is delivered."""
        return f"{HOOKS}{self.profile.name}/{self.code}"

    @property
    def view(self) -> str:
        """What makes a picture of it comparable with another one."""
        return f"{self.where.url} {self.masks}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraPlans:
    """All cameras of a site."""

    site: SiteCode
    zone: ZoneInfo
    cameras: tuple[CameraPlan, ...]


def plans(
    site: Site,
    cameras: Mapping[DeviceCode, CameraWiring],
    *,
    secret: Callable[[Path | None], str | None],
) -> CameraPlans | None:
    """Return the plans of a site's cameras, or None where it has none; ``secret`` reads a file."""
    if not cameras:
        return None
    return CameraPlans(
        site=site.code,
        zone=ZoneInfo(site.zone),
        cameras=tuple(_plan(one, secret(one.password_file)) for one in cameras.values()),
    )


def by_profile(site: Site) -> dict[str, list[Device]]:
    """Return the cameras that tell something, by the names of their profiles."""
    groups: dict[str, list[Device]] = {}
    for device in site.devices.values():
        if device.system is System.CCTV:
            profile = profiles.load(device.profile)
            if profile.tells != "nothing":
                groups.setdefault(profile.name, []).append(device)
    return groups


def adapters(site: Site, groups: Mapping[str, Sequence[Device]]) -> dict[str, Adapter]:
    """Return one adapter for each profile."""
    return {
        name: Cctv(
            profile=profiles.load(devices[0].profile),
            site=site.code,
            zone=ZoneInfo(site.zone),
            devices=devices,
        )
        for name, devices in groups.items()
    }


def _plan(one: CameraWiring, password: str | None) -> CameraPlan:
    profile = profiles.load(one.profile)
    who = None
    if one.username is not None:
        who = Credentials(username=one.username, password=password or "")
    return CameraPlan(
        code=one.code,
        profile=profile,
        where=profiles.where(profile, one.address),
        credentials=who,
        interval=one.interval or profile.interval,
        keep=one.keep,
        masks=one.masks,
        finds=one.finds,
        clock_region=one.clock_region,
    )
