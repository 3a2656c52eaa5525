"""What ``site.toml`` says of cameras: read into frozen facts, and every mistake in it found."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from core.facts.device import DeviceCode, EventType, System
from gateway.cctv import profile as profiles
from gateway.cctv.rule import HOLDS, Rule
from gateway.cctv.sun import Spot
from gateway.links.camera import judge
from gateway.links.camera_address import BadAddress
from gateway.profiles import BadProfile, UnknownProfile
from gateway.site_form import DeviceTable, FindTable, SiteTable

#: Keys that only a camera may have.
CAMERA_KEYS = (
    "covers",
    "keep_days",
    "username",
    "password_file",
    "interval_seconds",
    "keep_seconds",
    "masks",
    "clock_region",
    "region",
    "find",
)
KEEP_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraWiring:
    """One camera as the site file wires it."""

    code: DeviceCode
    #: Name, or path of a profile of the site's own.
    profile: str
    address: str
    username: str | None
    password_file: Path | None
    #: Seconds between two looks; None: the profile's.
    interval: float | None
    #: Seconds for which pictures are kept in memory.
    keep: float
    #: Polygons to be blackened, in shares of width and height.
    masks: tuple[tuple[tuple[float, float], ...], ...]
    #: Where its clock is burnt into the picture; None: it shows none.
    clock_region: tuple[tuple[float, float], ...] | None
    #: What it shall look for itself.
    finds: tuple[Rule, ...]


def wiring(row: DeviceTable, folder: Path, site: SiteTable) -> CameraWiring:
    """Return the camera of a row that was judged to be good, at that site."""
    own = row.profile.endswith(".toml")
    return CameraWiring(
        code=DeviceCode(row.code),
        profile=str(folder / row.profile) if own else row.profile,
        address=row.address,
        username=row.username,
        password_file=folder / row.password_file if row.password_file else None,
        interval=row.interval_seconds,
        keep=KEEP_SECONDS if row.keep_seconds is None else row.keep_seconds,
        masks=tuple(tuple((x, y) for x, y in mask) for mask in row.masks),
        clock_region=tuple((x, y) for x, y in row.clock_region) if row.clock_region else None,
        finds=tuple(_rule(find, row.place, site) for find in row.find),
    )


def _rule(find: FindTable, place: str, site: SiteTable) -> Rule:
    spot = None
    if find.lit == "by_night" and site.latitude is not None and site.longitude is not None:
        spot = Spot(latitude=site.latitude, longitude=site.longitude)
    what = EventType(f"scene.{find.what}")
    return Rule(
        what=what,
        place=find.place or place,
        zone=tuple((x, y) for x, y in find.zone or ()),
        hold=find.hold_seconds or HOLDS[what],
        begins=time.fromisoformat(find.lit_from) if find.lit_from else None,
        ends=time.fromisoformat(find.lit_until) if find.lit_until else None,
        by_night_at=spot,
    )


def mistakes(
    row: Mapping[str, object], *, folder: Path, places: Collection[str], located: bool
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a device's row as far as cameras go: its key, and a reason.

    :param located: whether the site says where it lies, as rules by the sun need.
    """
    if row.get("kind") != System.CCTV:
        for key in CAMERA_KEYS:
            if key in row:
                yield key, "is for cameras only"
        return
    yield from _reach(row, folder)
    yield from _log_in(row)
    yield from _finds(row, places, located=located)
    yield from _regions(row)
    if _area(row.get("clock_region")) == 0:
        yield "clock_region", "has no area"
    covers = row.get("covers")
    for place in covers if isinstance(covers, list) else ():
        if isinstance(place, str) and place not in places:
            yield "covers", f"no place {place[:80]!r}"


def _reach(row: Mapping[str, object], folder: Path) -> Iterator[tuple[str, str]]:
    name, address = row.get("profile"), row.get("address")
    if not isinstance(name, str) or not isinstance(address, str):
        return
    try:
        profile = profiles.load(str(folder / name) if name.endswith(".toml") else name)
        judge(profile, profiles.where(profile, address))
    except (BadProfile, UnknownProfile) as problem:
        yield "profile", str(problem)
    except (profiles.BadCameraAddress, BadAddress) as problem:
        yield "address", str(problem)


def _finds(
    row: Mapping[str, object], places: Collection[str], *, located: bool
) -> Iterator[tuple[str, str]]:
    finds = row.get("find")
    for find in finds if isinstance(finds, list) else ():
        if not isinstance(find, dict):
            continue
        what, place = find.get("what"), find.get("place")
        if isinstance(place, str) and place not in places:
            yield "find", f"no place {place[:80]!r}"
        if what != "left_object" and "zone" not in find:
            yield "find", f"{what} needs a zone"
        if ("lit_from" in find) != ("lit_until" in find):
            yield "find", "lit_from and lit_until go together"
        if what != "lamp_out" and not find.keys().isdisjoint({"lit", "lit_from"}):
            yield "find", "lit and lit_from are for lamps"
        if "lit" in find and "lit_from" in find:
            yield "find", "a lamp burns by_night or from lit_from, not both"
        if "lit" in find and not located:
            yield "find", "by_night needs latitude and longitude in [site]"


def _regions(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with regions: each is of one covered place and has an area."""
    regions, covers = row.get("region"), row.get("covers")
    seen: set[str] = set()
    for region in regions if isinstance(regions, list) else ():
        place = region.get("place") if isinstance(region, dict) else None
        if not isinstance(place, str):
            continue
        if not isinstance(covers, list) or place not in covers:
            yield "region", f"{place[:80]!r} is not among what the camera covers"
        if place in seen:
            yield "region", f"{place[:80]!r} has two regions"
        seen.add(place)
        if _area(region.get("corners")) == 0:
            yield "region", f"the region of {place[:80]!r} has no area"


def _area(corners: object) -> float | None:
    """Return the area of a polygon in shares of the picture; None: it is not written as one."""
    try:
        points = [(float(x), float(y)) for x, y in corners]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    turned = (*points[1:], *points[:1])
    return (
        abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, turned, strict=True))) / 2
    )


def _log_in(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if "username" in row and "password_file" not in row:
        yield "username", "needs a password_file"
    if "password_file" in row and "username" not in row:
        yield "password_file", "needs a username"
