"""Dialects of fire-phone hosts: completed by what they extend, with their points ready for use."""

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.fire_phone.components import Components
from gateway.fire_phone.condition import Part
from gateway.fire_phone.form import ProfileForm
from gateway.fire_phone.layout import blocks
from gateway.fire_phone.points import Block, Log
from gateway.fire_phone.scan import Ask
from gateway.profiles import Shelf

#: Beyond the longest debounce of a block, scans are handed on for this long, seconds.
_SETTLE = 0.5


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


def made(document: Mapping[str, object]) -> Profile:
    """Return the profile that a document describes.

    :raises ValueError: it describes none
    """
    form = ProfileForm.model_validate(_completed(document))
    read = tuple(one for unit in form.unit for one in blocks(unit, form.places))
    _judge(form, read)
    return Profile(form=form, blocks=read, components=Components.of(form))


def _completed(document: Mapping[str, object]) -> Mapping[str, object]:
    """Return the file with what the profile that it extends says besides."""
    base = document.get("extends")
    if base is None:
        return document
    try:
        return {**_SHELF.shipped(base), **document}
    except ValueError as problem:
        raise ValueError(f"extends: {problem}") from None


_SHELF = Shelf("gateway.fire_phone", kind="profile", make=made)


def names() -> tuple[str, ...]:
    """Return the names of the profiles that are shipped."""
    return _SHELF.names


def load(name: str) -> Profile:
    """Return a profile by its name, or by a path that ends in ``.toml``.

    :raises UnknownProfile: no such name, or no such file.
    :raises BadProfile: the file is not a profile; says which key and why.
    """
    return _SHELF.load(name)


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
