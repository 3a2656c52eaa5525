"""A simulated building: the stations, fire-phone hosts and cameras in it, read from TOML."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from simulators.action import FOR_ALL, Act
from simulators.camera.camera import CAN as CAMERA_CAN
from simulators.camera.camera import Camera
from simulators.camera.scene import Place
from simulators.door_station.dahua import DahuaVto
from simulators.door_station.hikvision import HikvisionStation
from simulators.door_station.native import NativeStation
from simulators.door_station.station import Station
from simulators.door_station.zigbee import ZigbeeButton
from simulators.fire_phone_host.host import CAN as HOST_CAN
from simulators.fire_phone_host.host import Host
from simulators.fire_phone_host.maps import MAPS

BUILDINGS = Path(__file__).parent / "buildings"

#: Dialect → what can happen to a station that speaks it.
CAN: Mapping[str, frozenset[Act]] = {
    "dahua-vto": DahuaVto.can,
    "hikvision-addons": HikvisionStation.can,
    "native": NativeStation.can,
    "zigbee2mqtt": ZigbeeButton.can,
}
HIKVISION_ONLY = frozenset({"polled", "call_entity"})


class Refused(Exception):
    """A building or scenario is not written as it must be; says which file and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One station as the building's file tells it."""

    code: str
    dialect: str
    address: str
    #: Hikvision only: the bridge polls the state instead of getting events.
    polled: bool = False
    #: Hikvision only: how the bridge spells the call's entity in topics.
    call_entity: str = "Call-State"

    @property
    def can(self) -> frozenset[Act]:
        """What can happen to this station."""
        return CAN[self.dialect]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSpec:
    """One fire-phone host as the building's file tells it."""

    code: str
    #: Which kind of register map it has: a name among MAPS.
    map: str
    extensions: int
    unit: int = 1

    def set_up(self) -> Host:
        """Return a fresh host at rest."""
        return Host(map=MAPS[self.map](), extensions=self.extensions, unit=self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraSpec:
    """One camera as the building's file tells it."""

    code: str
    #: Makes its place unlike any other.
    seed: int
    #: ``http`` or ``rtsp``.
    way: str = "http"
    outdoors: bool = False
    username: str | None = None
    password: str = ""

    def set_up(self) -> Camera:
        """Return a fresh camera before its place."""
        return Camera(place=Place(seed=self.seed), username=self.username, password=self.password)


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """All stations and hosts of one site."""

    site: str
    zone: ZoneInfo
    #: Seconds of real time between two heartbeats of a station.
    heartbeat: float
    stations: Mapping[str, Spec]
    hosts: Mapping[str, HostSpec] = field(default_factory=dict)
    cameras: Mapping[str, CameraSpec] = field(default_factory=dict)

    def can(self, code: str) -> frozenset[Act]:
        """Return what can happen to a station or host."""
        if code in self.hosts:
            return HOST_CAN
        if code in self.cameras:
            return CAMERA_CAN
        return self.stations[code].can | FOR_ALL

    def kind(self, code: str) -> str:
        """Say what a station or host is."""
        if code in self.hosts:
            return "a fire-phone host"
        if code in self.cameras:
            return "a camera"
        return f"a station that speaks {self.stations[code].dialect}"

    def set_up(self, boot: str) -> dict[str, Station]:
        """Return a fresh simulated station for each of the file's; ``boot`` makes ids unique."""
        return {code: self._station(spec, boot) for code, spec in self.stations.items()}

    def _station(self, spec: Spec, boot: str) -> Station:
        match spec.dialect:
            case "dahua-vto":
                return DahuaVto(code=spec.code, prefix=spec.address, zone=self.zone)
            case "hikvision-addons":
                return HikvisionStation(
                    code=spec.code,
                    device=spec.address,
                    polled=spec.polled,
                    call_entity=spec.call_entity,
                )
            case "zigbee2mqtt":
                return ZigbeeButton(code=spec.code, friendly_name=spec.address)
            case _:
                return NativeStation(code=spec.address, site=self.site, boot=boot)


def load(name: str) -> Building:
    """Read a building by its name among those that come along, or by its file.

    :raises Refused: the file is not there, or something in it is wrong.
    """
    path = Path(name) if name.endswith(".toml") else BUILDINGS / f"{name}.toml"
    tables = read(path, {"building", "station", "fire_phone_host", "camera"})
    head = _checked(path, tables.get("building"), {"site", "zone", "heartbeat"}, frozenset())
    listed = tables.get("station")
    if not isinstance(listed, list) or not listed:
        raise Refused(f"{path}: no [[station]]")
    stations: dict[str, Spec] = {}
    for table in listed:
        spec = _spec(path, table)
        if spec.code in stations:
            raise Refused(f"{path}: station {spec.code} stands there twice")
        stations[spec.code] = spec
    try:
        zone = ZoneInfo(str(head["zone"]))
        heartbeat = float(str(head["heartbeat"]))
    except (ValueError, KeyError, OSError) as problem:
        raise Refused(f"{path}: [building]: {problem}") from None
    hosts = _hosts(path, tables.get("fire_phone_host", []), stations)
    return Building(
        site=str(head["site"]),
        zone=zone,
        heartbeat=heartbeat,
        stations=stations,
        hosts=hosts,
        cameras=_cameras(path, tables.get("camera", []), {*stations, *hosts}),
    )


def read(path: Path, known: set[str]) -> dict[str, object]:
    """Read a TOML file whose tables are known.

    :raises Refused: the file cannot be read, or holds something unknown.
    """
    try:
        with path.open("rb") as file:
            tables: dict[str, object] = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise Refused(f"{path}: {problem}") from None
    for name in tables:
        if name not in known:
            raise Refused(f"{path}: unknown {name!r}; known are {', '.join(sorted(known))}")
    return tables


def _spec(path: Path, table: object) -> Spec:
    told = _checked(path, table, {"code", "dialect", "address"}, HIKVISION_ONLY)
    if told["dialect"] not in CAN:
        known = ", ".join(CAN)
        raise Refused(f"{path}: {told['code']}: no dialect {told['dialect']!r}; known are {known}")
    for name in sorted(HIKVISION_ONLY & told.keys()):
        if told["dialect"] != "hikvision-addons":
            raise Refused(f"{path}: {told['code']}: {name!r} is for hikvision-addons only")
    return Spec(
        code=str(told["code"]),
        dialect=str(told["dialect"]),
        address=str(told["address"]),
        polled=told.get("polled") is True,
        call_entity=str(told.get("call_entity", "Call-State")),
    )


def _hosts(path: Path, listed: object, stations: Mapping[str, Spec]) -> dict[str, HostSpec]:
    if not isinstance(listed, list):
        raise Refused(f"{path}: write [[fire_phone_host]]")
    hosts: dict[str, HostSpec] = {}
    for table in listed:
        told = _checked(path, table, {"code", "map", "extensions"}, frozenset({"unit"}))
        code, extensions, unit = str(told["code"]), told["extensions"], told.get("unit", 1)
        if code in hosts or code in stations:
            raise Refused(f"{path}: {code} stands there twice")
        if told["map"] not in MAPS:
            known = ", ".join(MAPS)
            raise Refused(f"{path}: {code}: no map {told['map']!r}; known are {known}")
        if type(extensions) is not int or type(unit) is not int or extensions < 1:
            raise Refused(f"{path}: {code}: extensions and unit are numbers")
        hosts[code] = HostSpec(code=code, map=str(told["map"]), extensions=extensions, unit=unit)
    return hosts


def _cameras(path: Path, listed: object, taken: set[str]) -> dict[str, CameraSpec]:
    if not isinstance(listed, list):
        raise Refused(f"{path}: write [[camera]]")
    cameras: dict[str, CameraSpec] = {}
    for table in listed:
        told = _checked(
            path, table, {"code", "seed"}, frozenset({"way", "outdoors", "username", "password"})
        )
        code, seed, way = str(told["code"]), told["seed"], str(told.get("way", "http"))
        if code in cameras or code in taken:
            raise Refused(f"{path}: {code} stands there twice")
        if type(seed) is not int or way not in {"http", "rtsp"}:
            raise Refused(f"{path}: {code}: seed is a number, way is http or rtsp")
        username = told.get("username")
        cameras[code] = CameraSpec(
            code=code,
            seed=seed,
            way=way,
            outdoors=told.get("outdoors") is True,
            username=str(username) if username is not None else None,
            password=str(told.get("password", "")),
        )
    return cameras


def _checked(
    path: Path, table: object, needed: set[str], optional: frozenset[str]
) -> Mapping[str, object]:
    if not isinstance(table, dict):
        raise Refused(f"{path}: a table with {', '.join(sorted(needed))} is missing")
    for name in table:
        if name not in needed | optional:
            raise Refused(f"{path}: unknown {name!r} in {table}")
    for name in sorted(needed):
        if name not in table:
            raise Refused(f"{path}: {name!r} is missing in {table}")
    return table
