"""Fire-phone profiles by name or by file: found, completed, read, and refused with a reason."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from gateway.fire_phone.components import Components
from gateway.fire_phone.condition import Part
from gateway.fire_phone.form import ProfileForm
from gateway.fire_phone.layout import BadLayout, blocks
from gateway.fire_phone.points import Block, Log
from gateway.fire_phone.scan import Ask

_SHIPPED = resources.files("gateway.fire_phone") / "profiles"
#: Beyond the longest debounce of a block, scans are handed on for this long, seconds.
_SETTLE = 0.5


class UnknownProfile(Exception):
    """There is no fire-phone profile of that name."""

    def __init__(self, name: str) -> None:
        """Say which are known and which was probably meant."""
        close = difflib.get_close_matches(name, names(), n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        super().__init__(f"no profile {name[:100]!r}{hint} known: {', '.join(names())}")


class BadProfile(Exception):
    """A profile file does not say what a profile must say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One dialect: the file as written, with its points ready for use."""

    form: ProfileForm
    blocks: tuple[Block, ...]
    components: Components

    @property
    def name(self) -> str:
        """The dialect's name: ``dry-contacts``."""
        return self.form.name

    def asks(self, device: str, *, unit: int | None = None) -> tuple[Ask, ...]:
        """Return what the cable has to read of a host; ``unit`` goes before the profile's own."""
        return tuple(_ask(device, block, unit) for block in self.blocks)

    def unplaced(self) -> tuple[str, ...]:
        """Return the extensions without a place, where others have one."""
        spots = [one for block in self.blocks for one in block.points]
        codes = {one.code: one.place for one in spots if one.part is not Part.HOST}
        codes |= {one.code: one.place for one in self.components.known()}
        codes |= {one.code: one.place for one in spots if one.place}
        if not any(codes.values()):
            return ()
        return tuple(code for code, place in codes.items() if place is None)

    def places(self) -> frozenset[str]:
        """Return every place that is named."""
        named = {one.place for block in self.blocks for one in block.points}
        named |= {one.place for one in self.components.known()}
        return frozenset(one for one in named if one) | frozenset(self.form.places.values())


@cache
def names() -> tuple[str, ...]:
    """Return the names of the profiles that are shipped."""
    found = (entry.name for entry in _SHIPPED.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def load(name: str) -> Profile:
    """Return a profile by its name, or by a path that ends in ``.toml``.

    :raises UnknownProfile: no such name, or no such file.
    :raises BadProfile: the file is not a profile; says which key and why.
    """
    if name.endswith(".toml"):
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, ValueError):
            raise UnknownProfile(name) from None
        return _read(text, file=name)
    if name not in names():
        raise UnknownProfile(name)
    return _shipped(name)


@cache
def _shipped(name: str) -> Profile:
    return _read(_shipped_text(name), file=f"{name}.toml")


def _shipped_text(name: str) -> str:
    return (_SHIPPED / f"{name}.toml").read_text(encoding="utf-8")


def _read(text: str, *, file: str) -> Profile:
    try:
        form = ProfileForm.model_validate(_completed(tomllib.loads(text), file))
        made = tuple(one for unit in form.unit for one in blocks(unit, form.places))
        _judge(form, made)
        return Profile(form=form, blocks=made, components=Components.of(form))
    except tomllib.TOMLDecodeError as problem:
        raise BadProfile(f"{file}: {problem}") from None
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadProfile(f"{file}: {key}: {first['msg']}") from None
    except (BadLayout, ValueError, RecursionError) as problem:
        raise BadProfile(f"{file}: {problem}") from None


def _completed(document: Mapping[str, object], file: str) -> dict[str, object]:
    """Return the file with what the profile that it extends says besides."""
    base = document.get("extends")
    if base is None:
        return dict(document)
    if not isinstance(base, str) or base not in names():
        raise BadProfile(f"{file}: extends: no shipped profile {str(base)[:80]!r}")
    return {**tomllib.loads(_shipped_text(base)), **document}


def _judge(form: ProfileForm, made: tuple[Block, ...]) -> None:
    """See that the profile is of one protocol, and that what it names is there.

    :raises ValueError: it is not so.
    """
    if form.protocol == "modbus" and not made:
        raise ValueError("a Modbus profile needs [[unit]] with [[unit.block]]")
    if form.protocol == "gb26875" and made:
        raise ValueError("units are for Modbus; GB/T 26875.3 has [[component]]")
    units = [unit.unit for unit in form.unit]
    if len(set(units)) < len(units):
        raise ValueError("a unit is given twice")
    codes = {one.code for block in made for one in block.points}
    named_by_entries = any(isinstance(one.encoding, Log) for block in made for one in block.points)
    unknown = sorted(set(form.places) - codes)
    if unknown and form.protocol == "modbus" and not named_by_entries:
        raise ValueError(f"places: there is no extension {unknown[0]!r}")


def _ask(device: str, block: Block, unit: int | None) -> Ask:
    longest = max((one.debounce for one in block.points), default=0.0)
    return Ask(
        device=device,  # type: ignore[arg-type]  # a code of the site file
        unit=block.unit if unit is None else unit,
        block=block.name,
        table=block.table,
        address=block.address,
        count=block.count,
        mask=block.mask,
        settle=longest + _SETTLE if longest else 0.0,
    )
