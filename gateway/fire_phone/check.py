"""What ``shouwen check`` finds in the wiring of a fire-phone host."""

from collections.abc import Collection, Iterator

from gateway.fire_phone import profile as profiles
from gateway.fire_phone.address import Address, BadAddress
from gateway.fire_phone.gb_adapter import source_address
from gateway.fire_phone.profile import Profile
from gateway.profiles import BadProfile, UnknownProfile

_MOST_NAMED = 5


def mistakes(
    profile: str, address: str, *, places: Collection[str], listening: bool
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong, as the device's key and a reason.

    Overlapping points and impossible addresses are mistakes of the profile itself; places that
    the site does not have, and extensions without one, show only here.
    """
    try:
        found = profiles.load(profile)
    except (BadProfile, UnknownProfile) as problem:
        yield "profile", str(problem)
        return
    if found.form.protocol == "gb26875" and not listening:
        yield "profile", "needs a listener: [gb26875] with a port"
    foreign = sorted(found.places() - set(places))
    if foreign:
        yield "profile", f"names places that the site does not have: {_few(foreign)}"
    unplaced = found.unplaced()
    if unplaced:
        yield "profile", f"extensions without a place: {_few(unplaced)}"
    yield from _address(found, address)


def _address(profile: Profile, address: str) -> Iterator[tuple[str, str]]:
    try:
        if profile.form.protocol == "gb26875":
            source_address(address)
            return
        where = Address.parse(address)
    except (BadAddress, ValueError) as problem:
        yield "address", str(problem)
        return
    if where.unit is not None and len(profile.form.unit) > 1:
        yield "address", f"names a unit, but profile {profile.name} has several"
    serial = where.scheme != "tcp"
    units = [where.unit] if where.unit is not None else [one.unit for one in profile.form.unit]
    wrong = [one for one in units if serial and not 1 <= one <= 247]
    if wrong:
        yield "address", f"unit {wrong[0]} cannot be on a serial line, only 1 to 247"


def _few(names: Collection[str]) -> str:
    first = ", ".join(list(names)[:_MOST_NAMED])
    return first if len(names) <= _MOST_NAMED else f"{first} and {len(names) - _MOST_NAMED} more"
