"""The demonstration's floor plans: drawn here, so that its devices have somewhere to hang."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from core.administration import drawing, plans
from core.facts.device import DeviceCode, SiteCode
from core.facts.people import PersonCode
from core.facts.plan import PlanCode, Spot
from core.store.database import Database

_WIDTH, _HEIGHT = 1000, 640
#: Name, x, y, width and height of what is drawn: walls first, rooms upon them.
_Room = tuple[str, int, int, int, int]

_GROUNDS: tuple[_Room, ...] = (
    ("1号楼", 60, 60, 240, 170),
    ("2号楼", 380, 60, 240, 170),
    ("3号楼", 700, 60, 240, 170),
    ("中心花园", 300, 290, 300, 130),
    ("儿童游乐区", 620, 290, 170, 130),
    ("老年活动室", 60, 290, 160, 130),
    ("地下车库B1", 230, 480, 420, 120),
    ("水泵房", 230, 480, 90, 120),
    ("监控中心", 690, 480, 140, 120),
    ("西门岗", 8, 490, 90, 70),
    ("东门岗", 902, 490, 90, 70),
    ("消防通道", 820, 290, 60, 150),
)
_LOBBIES: tuple[_Room, ...] = (
    ("3号楼1单元大堂", 60, 120, 380, 400),
    ("3号楼2单元大堂", 560, 120, 380, 400),
    ("3号楼客梯", 440, 240, 120, 160),
)
_ON_GROUNDS: Mapping[str, tuple[int, int]] = {
    "vto-1-1": (120, 230),
    "vto-1-2": (240, 230),
    "lift-1-call": (180, 130),
    "vto-2-1": (440, 230),
    "vto-2-2": (560, 230),
    "lift-2-call": (500, 130),
    "vto-3-1": (760, 230),
    "vto-3-2": (880, 230),
    "lift-3-call": (820, 130),
    "cam-lobby-3-2": (915, 195),
    "hik-gate-west": (55, 545),
    "cam-gate-west": (85, 505),
    "hik-gate-east": (945, 545),
    "cam-gate-east": (915, 505),
    "hik-garage-b1": (450, 570),
    "cam-garage-b1": (600, 570),
    "pump-room-call": (275, 570),
    "help-activity-room": (140, 390),
    "help-playground": (670, 390),
    "cam-playground": (760, 390),
    "cam-fire-lane": (850, 400),
    "fire-phone": (760, 570),
}
_IN_LOBBIES: Mapping[str, tuple[int, int]] = {
    "vto-3-1": (250, 500),
    "vto-3-2": (750, 500),
    "lift-3-call": (500, 370),
    "cam-lobby-3-2": (900, 160),
}


def hang(database: Database, *, site: SiteCode, by: PersonCode | None, now: datetime) -> bool:
    """Draw the demonstration's plans and hang its devices, unless the office has plans already."""
    with database.read() as store:
        known = {one.device.code for one in store.sites.devices(site)}
        if by is None or store.plans.all(site) or not known.intersection(_ON_GROUNDS):
            return False
    for code, name, rooms, spots in (
        ("grounds", "小区总平面", _GROUNDS, _ON_GROUNDS),
        ("bldg-3-lobby", "3号楼一层", _LOBBIES, _IN_LOBBIES),
    ):
        drawn = drawing.read("".join(_svg(rooms)).encode())
        plans.keep(database, site=site, drawing=drawn)
        with database.begin() as store:
            plans.draw(
                store, site=site, code=PlanCode(code), name=name, drawing=drawn, by=by, now=now
            )
            plans.hang(
                store,
                site=site,
                code=PlanCode(code),
                name=name,
                spots={
                    DeviceCode(device): Spot(x=x / _WIDTH, y=y / _HEIGHT)
                    for device, (x, y) in spots.items()
                    if device in known
                },
                by=by,
                now=now,
            )
    return True


def _svg(rooms: Iterable[_Room]) -> Iterator[str]:
    """Draw walls and names: lines on white paper, legible at any size."""
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
    yield f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
    yield f'<rect x="4" y="4" width="{_WIDTH - 8}" height="{_HEIGHT - 8}" fill="none" '
    yield 'stroke="#8a949e" stroke-width="3" stroke-dasharray="14 6"/>'
    for name, x, y, width, height in rooms:
        yield f'<rect x="{x}" y="{y}" width="{width}" height="{height}" '
        yield 'fill="#f3f5f7" stroke="#3d4852" stroke-width="4"/>'
        yield f'<text x="{x + width / 2:g}" y="{y + 28}" text-anchor="middle" font-size="20" '
        yield f'fill="#3d4852" font-family="sans-serif">{name}</text>'
    yield "</svg>"
