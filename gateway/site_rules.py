"""What must hold between the tables of ``site.toml``; every breach is told, not only the first."""

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar
from zoneinfo import available_timezones

from pydantic import BaseModel, ValidationError

from core.facts.device import System
from core.facts.message import MessengerKind
from core.facts.people import Role, UnitKind
from gateway import camera_site, messenger_site, toml_lines
from gateway.access_control import profile as access_control
from gateway.fire_phone import check as fire_phone
from gateway.messenger_site import MessengerTable
from gateway.profiles import BadProfile, UnknownProfile
from gateway.site_form import (
    BrokerTable,
    CentreTable,
    DeviceTable,
    Gb26875Table,
    HttpTable,
    PersonTable,
    PlaceTable,
    SiteFile,
    SiteTable,
    UnitTable,
)

_TABLES = (
    "site", "centre", "broker", "http", "gb26875", "place", "device", "unit", "person", "messenger",
)  # fmt: skip

_WILDCARDS = frozenset("+#")
#: What a ring of parents would mean, and how its members are joined.
_RINGS = {
    "place": ("a place cannot lie in itself", " in "),
    "device": ("a device cannot feed itself", " fed by "),
}

_Table = TypeVar("_Table", bound=BaseModel)


class Complaint(NamedTuple):
    """A breach: where in the file, how to call that place, and what is wrong."""

    path: toml_lines.Path
    where: str
    reason: str


def judge(
    document: Mapping[str, object], *, folder: Path
) -> tuple[SiteFile | None, list[Complaint]]:
    """Return the file, if it has all that is needed, and everything that is wrong with it."""
    found = _Findings(document)
    found.foreign_tables()
    site = found.once("site", SiteTable)
    file = SiteFile(
        site=site or SiteTable.model_construct(code="", name="", zone=""),
        centre=found.once("centre", CentreTable),
        broker=found.once("broker", BrokerTable),
        http=found.once("http", HttpTable),
        gb26875=found.once("gb26875", Gb26875Table),
        places=found.many("place", PlaceTable),
        devices=found.many("device", DeviceTable),
        units=found.many("unit", UnitTable),
        people=found.many("person", PersonTable),
        messengers=found.many("messenger", MessengerTable),
    )
    if "site" not in document:
        found.complain(("site",), "is missing")
    _judge_codes(found)
    _judge_names(found)
    _judge_profiles(found, folder)
    _judge_tree(found, "place")
    _judge_tree(found, "device")
    _judge_addresses(found)
    if file.broker is not None and file.broker.url is not None and file.broker.port is not None:
        found.complain(("broker", "port"), "is for a broker of our own, but a url is given")
    return (file if site is not None else None), found.complaints


class _Findings:
    """The document as it is read, and what is wrong with it so far."""

    def __init__(self, document: Mapping[str, object]) -> None:
        self.document = document
        self.complaints: list[Complaint] = []

    def complain(self, path: toml_lines.Path, reason: str) -> None:
        self.complaints.append(Complaint(path, self._called(path), reason))

    def rows(self, table: str) -> list[tuple[int, Mapping[str, object]]]:
        """Return the rows of a table that are tables at all, with their numbers."""
        rows = self.document.get(table)
        if not isinstance(rows, list):
            return []
        return [(number, row) for number, row in enumerate(rows) if isinstance(row, dict)]

    def codes(self, table: str) -> list[str]:
        """Return every code of a table, also of rows with other mistakes."""
        codes = (row.get("code") for _, row in self.rows(table))
        return [code for code in codes if isinstance(code, str)]

    def foreign_tables(self) -> None:
        for name in self.document:
            if name not in _TABLES:
                self.complain((name,), f"unknown{_meant(name, _TABLES)}")

    def once(self, table: str, form: type[_Table]) -> _Table | None:
        content = self.document.get(table)
        return None if content is None else self._read((table,), content, form)

    def many(self, table: str, form: type[_Table]) -> tuple[_Table, ...]:
        content = self.document.get(table, [])
        if not isinstance(content, list):
            self.complain((table,), f"stands many times: write [[{table}]]")
            return ()
        read = (self._read((table, n), row, form) for n, row in enumerate(content))
        return tuple(one for one in read if one is not None)

    def _read(self, path: toml_lines.Path, content: object, form: type[_Table]) -> _Table | None:
        if not isinstance(content, dict):
            self.complain(path, f"must be a table: write [{path[0]}]")
            return None
        try:
            return form.model_validate(content)
        except ValidationError as problem:
            for error in problem.errors(include_url=False, include_input=False):
                self.complain(
                    (*path, *error["loc"]), _words(error["type"], error["msg"], form, error["loc"])
                )
            return None

    def _called(self, path: toml_lines.Path) -> str:
        """Return a path as one would say it: ``device gate-1: place``."""
        name, rest = str(path[0]), path[1:]
        if rest and isinstance(rest[0], int):
            rows = dict(self.rows(name))
            code = rows.get(rest[0], {}).get("code")
            name, rest = f"{name} {code if isinstance(code, str) else rest[0] + 1}", rest[1:]
        return ": ".join([name, *(str(part) for part in rest if isinstance(part, str))])


def _words(kind: str, said: str, form: type[BaseModel], where: Sequence[int | str]) -> str:
    """Return pydantic's complaint in the words of somebody with a text file before him."""
    if kind == "extra_forbidden":
        return f"unknown key{_meant(str(where[-1]), form.model_fields)}"
    if kind == "missing":
        return "is missing"
    if kind == "string_pattern_mismatch" and where[-1] == "code":
        return "must be 1 to 64 of A-Z a-z 0-9 _ . -"
    if kind == "string_pattern_mismatch":
        return "must be 1 to 200 characters, none of them a control character"
    return said.removeprefix("Value error, ")


def _judge_codes(found: _Findings) -> None:
    """See that a code names one thing."""
    for table in ("place", "device", "unit", "person", "messenger"):
        seen: set[str] = set()
        for number, row in found.rows(table):
            code = row.get("code")
            if isinstance(code, str) and code in seen:
                found.complain((table, number, "code"), f"{code!r} is given above already")
            elif isinstance(code, str):
                seen.add(code)


def _judge_names(found: _Findings) -> None:
    """See that every name that is used is known."""
    places, units, devices = found.codes("place"), found.codes("unit"), found.codes("device")
    site = found.document.get("site")
    if isinstance(site, dict):
        _known(found, ("site", "zone"), site.get("zone"), "time zone", available_timezones())
    for number, row in found.rows("place"):
        _known(found, ("place", number, "parent"), row.get("parent"), "place", places)
    for number, row in found.rows("device"):
        _known(found, ("device", number, "place"), row.get("place"), "place", places)
        _known(found, ("device", number, "kind"), row.get("kind"), "kind", list(System))
        _known(found, ("device", number, "parent"), row.get("parent"), "device", devices)
    for number, row in found.rows("unit"):
        _known(found, ("unit", number, "kind"), row.get("kind"), "kind", list(UnitKind))
    for number, row in found.rows("person"):
        _known(found, ("person", number, "unit"), row.get("unit"), "unit", units)
        _known_roles(found, ("person", number), row)
    for number, row in found.rows("messenger"):
        where: toml_lines.Path = ("messenger", number)
        _known(found, (*where, "kind"), row.get("kind"), "messenger", list(MessengerKind))
        _known_roles(found, where, row)
        for key, reason in messenger_site.mistakes(row):
            found.complain((*where, key), reason)


def _known_roles(found: _Findings, where: toml_lines.Path, row: Mapping[str, object]) -> None:
    roles = row.get("roles")
    for place, role in enumerate(roles if isinstance(roles, list) else ()):
        _known(found, (*where, "roles", place), role, "role", list(Role))


def _judge_profiles(found: _Findings, folder: Path) -> None:
    """See that every device speaks a dialect that this version knows."""
    for number, row in found.rows("device"):
        _judge_camera(found, number, row, folder)
        if row.get("kind") == System.FIRE_PHONE:
            _judge_fire_phone(found, number, row, folder)
        elif row.get("kind") != System.CCTV:
            _judge_access_control(found, number, row, folder)


def _judge_access_control(
    found: _Findings, number: int, row: Mapping[str, object], folder: Path
) -> None:
    """See that a station's dialect is known, and that it can be heard under its address."""
    name, address = row.get("profile"), row.get("address")
    path: toml_lines.Path = ("device", number, "profile")
    if not isinstance(name, str):
        return
    own = name.endswith(".toml")
    if not own and row.get("kind") != System.ACCESS_CONTROL:
        return
    try:
        profile = access_control.load(str(folder / name) if own else name)
    except (BadProfile, UnknownProfile) as problem:
        if own:
            found.complain(path, str(problem))
        else:
            _known(found, path, name, "profile", access_control.names())
        return
    by_http = profile.form.transport == "http"
    if by_http and "http" not in found.document:
        found.complain(path, "needs a listener: [http] with a port")
    if not by_http and isinstance(address, str) and _WILDCARDS.intersection(address):
        reason = f"{address[:80]!r} is an address on a broker, and + and # are wildcards there"
        found.complain(("device", number, "address"), reason)


def _judge_fire_phone(
    found: _Findings, number: int, row: Mapping[str, object], folder: Path
) -> None:
    """See that a fire-phone host can be polled, or heard, and that its extensions have a place."""
    name, address = row.get("profile"), row.get("address")
    if not isinstance(name, str) or not isinstance(address, str):
        return
    profile = str(folder / name) if name.endswith(".toml") else name
    listening = "gb26875" in found.document
    places = found.codes("place")
    for key, reason in fire_phone.mistakes(profile, address, places=places, listening=listening):
        found.complain(("device", number, key), reason)


def _judge_camera(found: _Findings, number: int, row: Mapping[str, object], folder: Path) -> None:
    """See that a camera can be reached, and that nothing else has a camera's keys."""
    site = found.document.get("site")
    located = isinstance(site, dict) and {"latitude", "longitude"} <= site.keys()
    places = found.codes("place")
    for key, reason in camera_site.mistakes(row, folder=folder, places=places, located=located):
        found.complain(("device", number, key), reason)


def _judge_tree(found: _Findings, table: str) -> None:
    """See that no place lies within itself, and that no device feeds itself."""
    rows = found.rows(table)
    parents = {str(row.get("code")): str(row.get("parent")) for _, row in rows if "parent" in row}
    wrong, link = _RINGS[table]
    for number, row in rows:
        start = str(row.get("code"))
        way = [start]
        while (parent := parents.get(way[-1])) is not None and parent not in way:
            way.append(parent)
        if parent == start:
            found.complain((table, number, "parent"), f"{wrong}: {link.join([*way, start])}")


def _judge_addresses(found: _Findings) -> None:
    """See that under one address a dialect knows one device."""
    seen: dict[tuple[str, str], str] = {}
    for number, row in found.rows("device"):
        key = (str(row.get("profile")), str(row.get("address")))
        first = seen.setdefault(key, str(row.get("code")))
        if "address" in row and first != str(row.get("code")):
            reason = f"{key[1]!r} is the address of {first!r} already"
            found.complain(("device", number, "address"), reason)


def _known(
    found: _Findings, path: toml_lines.Path, name: object, what: str, known: Collection[str]
) -> None:
    if isinstance(name, str) and name not in known:
        found.complain(path, f"no {what} {name[:80]!r}{_meant(name, known)}")


def _meant(name: str, known: Iterable[str]) -> str:
    """Return a guess at what was meant, or which there are when they are few."""
    names = [str(one) for one in known]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"; did you mean {close[0]!r}?"
    few = sorted(names)
    return f"; there are {', '.join(few)}" if 0 < len(few) <= 12 else ""
