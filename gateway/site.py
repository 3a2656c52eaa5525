"""``site.toml``: the wiring of one site, read once and refused with every mistake in it.

A gateway reads devices, addresses and places; people and units seed the centre's database.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from core.facts.device import DeviceCode, SiteCode, System
from core.facts.people import Person, PersonCode, Role, Unit, UnitCode, UnitKind
from core.facts.place import Device, Place, PlaceCode, Site
from gateway import messenger_site, site_files, site_rules, toml_lines
from gateway.camera_site import CameraWiring
from gateway.camera_site import wiring as _camera
from gateway.messenger_site import MessengerWiring
from gateway.site_form import (
    BrokerTable,
    CentreTable,
    DeviceTable,
    HttpTable,
    PersonTable,
    PlaceTable,
    SiteFile,
    UnitTable,
)


class Mistake(NamedTuple):
    """One thing wrong with a site file."""

    #: From 1; 0 when the file could not be read at all.
    line: int
    #: Which table and key: ``device gate-1: place``.
    where: str
    reason: str

    def __str__(self) -> str:
        """Return it as an integrator reads it."""
        return f"line {self.line}: {self.where}: {self.reason}"


class BadSite(Exception):
    """The site file has mistakes, all of which are listed."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        """Carry the mistakes in the order of their lines."""
        super().__init__("\n".join(str(one) for one in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreWiring:
    """Where the centre is."""

    url: str
    token_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerWiring:
    """A broker the site has already; or the port for one of our own."""

    url: str | None = None
    username: str | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    port: int | None = None
    #: It says how many messages it threw away, as mosquitto does below ``$SYS``.
    counts_losses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpWiring:
    """Where devices may post."""

    host: str
    port: int
    secret_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Everything a site file says."""

    site: Site
    units: Mapping[UnitCode, Unit] = field(default_factory=dict)
    people: Mapping[PersonCode, Person] = field(default_factory=dict)
    centre: CentreWiring | None = None
    broker: BrokerWiring | None = None
    http: HttpWiring | None = None
    cameras: Mapping[DeviceCode, CameraWiring] = field(default_factory=dict)
    #: Host and port on which fire-alarm transmitters find us.
    gb26875: tuple[str, int] | None = None
    #: Who carries messages to telephones: the centre's business.
    messengers: tuple[MessengerWiring, ...] = ()


def read(path: Path) -> Wiring:
    """Return what the file says.

    :raises BadSite: it has mistakes.
    """
    wiring, found = _judge(path)
    if wiring is None or found:
        raise BadSite(found)
    return wiring


def mistakes(path: Path) -> tuple[Mistake, ...]:
    """Return every mistake of the file, in the order of lines; empty: it is good."""
    return _judge(path)[1]


def absent_files(path: Path) -> tuple[Mistake, ...]:
    """Return every secret that a good file names and that is not there, in the order of lines.

    For the machine on which the gateway runs; to the centre a site file is good without them.
    """
    text = path.read_text(encoding="utf-8-sig")
    lines = toml_lines.lines(text)
    found = site_files.absent(tomllib.loads(text), folder=path.parent)
    return tuple(
        sorted(Mistake(_line(lines, where), _called(where), reason) for where, reason in found)
    )


def _called(where: toml_lines.Path) -> str:
    return ": ".join(str(one + 1) if isinstance(one, int) else one for one in where)


def _judge(path: Path) -> tuple[Wiring | None, tuple[Mistake, ...]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        return None, (Mistake(0, str(path), f"cannot be read: {problem.strerror}"),)
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        return None, (Mistake(line, "file", "not UTF-8"),)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        return None, (Mistake(_line_of(problem, text), "file", f"not TOML: {problem}"),)
    lines = toml_lines.lines(text)
    file, complaints = site_rules.judge(document, folder=path.parent)
    found = {Mistake(_line(lines, where), said, why) for where, said, why in complaints}
    if file is None or found:
        return None, tuple(sorted(found))
    return _wiring(file, folder=path.parent), ()


def _line_of(problem: Exception, text: str) -> int:
    """Return the line that tomllib names in its message, or the last one."""
    _, found, rest = str(problem).partition("(at line ")
    return int(rest.partition(",")[0]) if found else max(1, text.count("\n"))


def _line(lines: Mapping[toml_lines.Path, int], where: toml_lines.Path) -> int:
    """Return the line of a path, or of the nearest thing around it that stands in the file."""
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where, 1)


def _wiring(file: SiteFile, *, folder: Path) -> Wiring:
    return Wiring(
        site=Site(
            code=SiteCode(file.site.code),
            name=file.site.name,
            zone=file.site.zone,
            places={one.code: one for one in map(_place, file.places)},
            devices={one.code: one for one in (_device(row, folder) for row in file.devices)},
        ),
        cameras={
            one.code: one
            for one in (
                _camera(row, folder, file.site) for row in file.devices if row.kind == System.CCTV
            )
        },
        units={one.code: one for one in map(_unit, file.units)},
        people={one.code: one for one in map(_person, file.people)},
        centre=_centre(file.centre, folder) if file.centre else None,
        broker=_broker(file.broker, folder) if file.broker else None,
        http=_http(file.http, folder) if file.http else None,
        gb26875=(file.gb26875.host, file.gb26875.port) if file.gb26875 else None,
        messengers=tuple(messenger_site.wiring(row, folder) for row in file.messengers),
    )


def _place(row: PlaceTable) -> Place:
    parent = PlaceCode(row.parent) if row.parent is not None else None
    return Place(code=PlaceCode(row.code), name=row.name, parent=parent)


def _device(row: DeviceTable, folder: Path) -> Device:
    own = row.profile.endswith(".toml")  # a profile of the site's own, beside its file
    return Device(
        code=DeviceCode(row.code),
        system=System(row.kind),
        name=row.name or row.code,
        profile=str(folder / row.profile) if own else row.profile,
        address=row.address,
        place=PlaceCode(row.place),
        silent_after=row.silent_after,
        parent=DeviceCode(row.parent) if row.parent is not None else None,
        covers=tuple(PlaceCode(place) for place in row.covers),
        regions={PlaceCode(one.place): tuple((x, y) for x, y in one.corners) for one in row.region},
        keep_days=row.keep_days,
    )


def _unit(row: UnitTable) -> Unit:
    return Unit(code=UnitCode(row.code), name=row.name, kind=UnitKind(row.kind))


def _person(row: PersonTable) -> Person:
    return Person(
        code=PersonCode(row.code),
        name=row.name,
        unit=UnitCode(row.unit),
        roles=frozenset(Role(role) for role in row.roles),
        phone=row.phone,
    )


def _centre(table: CentreTable, folder: Path) -> CentreWiring:
    return CentreWiring(url=table.url, token_file=_beside(folder, table.token_file))


def _broker(table: BrokerTable, folder: Path) -> BrokerWiring:
    return BrokerWiring(
        url=table.url,
        username=table.username,
        password_file=_beside(folder, table.password_file),
        ca_file=_beside(folder, table.ca_file),
        port=table.port,
        counts_losses=table.counts_losses,
    )


def _http(table: HttpTable, folder: Path) -> HttpWiring:
    return HttpWiring(
        host=table.host, port=table.port, secret_file=_beside(folder, table.secret_file)
    )


def _beside(folder: Path, name: str | None) -> Path | None:
    """Return a file that the site file names, relative to where it stands itself."""
    return None if name is None else folder / name
