"""``shouwen check``: what is wrong in a site file."""

from dataclasses import fields
from pathlib import Path

from core.rules import rules
from core.store.database import Database
from gateway import site as sites


def check(file: Path) -> tuple[str, ...]:
    """Return every mistake of a site file as ``file:line: where: reason``; none: it is good.

    Files that it names and that are not there are told once nothing else is wrong.
    """
    found = sites.mistakes(file) or sites.absent_files(file)
    return tuple(f"{file}:{one.line}: {one.where}: {one.reason}" for one in found)


def differences(file: Path, database: str) -> tuple[str, ...]:
    """Return what a good site file and a database have otherwise, each code with both sides.

    :raises BadSite: the file is not good.
    """
    wiring = sites.read(file)
    opened = Database.open(database, rules=rules())
    try:
        with opened.read() as store:
            code = wiring.site.code
            if code not in store.sites.codes():
                return (f"{file}: site {code}: not in the database yet",)
            there: dict[str, dict[str, object]] = {
                "place": {one.code: one for one in store.sites.places(code)},
                "unit": {one.code: one for one in store.people.units(code)},
                "person": {one.code: one for one in store.people.all(code)},
                "device": {one.device.code: one.device for one in store.sites.devices(code)},
            }
    finally:
        opened.close()
    here: dict[str, dict[str, object]] = {
        "place": {str(code): one for code, one in wiring.site.places.items()},
        "unit": {str(code): one for code, one in wiring.units.items()},
        "person": {str(code): one for code, one in wiring.people.items()},
        "device": {str(code): one for code, one in wiring.site.devices.items()},
    }
    return tuple(
        f"{file}: {noun} {code}: {said}"
        for noun in here
        for code in sorted({*here[noun], *there[noun]})
        if (said := _unlike(here[noun].get(code), there[noun].get(code))) is not None
    )


def _unlike(in_file: object, in_database: object) -> str | None:
    if in_file == in_database:
        return None
    if in_file is None:
        return "only in the database"
    if in_database is None:
        return "only in the file"
    pairs = (
        (field.name, getattr(in_file, field.name), getattr(in_database, field.name))
        for field in fields(in_file)  # type: ignore[arg-type] # all four are dataclasses
    )
    return "; ".join(
        f"{name} is {_shown(one)} in the file, {_shown(other)} in the database"
        for name, one, other in pairs
        if one != other
    )


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return " ".join(sorted(map(str, value))) or "none"
    return repr(str(value)) if isinstance(value, str) else str(value)
