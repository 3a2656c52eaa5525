"""What may be changed of people, units and places: the same checks as of the site file, pure."""

from collections.abc import Collection, Mapping

from core.errors import NotAllowedNow, NotFound
from core.facts.people import Person, PersonCode, Role, Unit, UnitCode
from core.facts.place import Place, PlaceCode


def check_person(
    person: Person, *, units: Mapping[UnitCode, Unit], people: Mapping[PersonCode, Person]
) -> None:
    """Refuse a person who cannot be.

    :raises NotFound: an unknown unit. :raises NotAllowedNow: no role, a retired unit, or nobody
        would be left who may administer the site.
    """
    unit = units.get(person.unit)
    if unit is None:
        raise NotFound(f"unit {person.unit!r} is not known here")
    if not person.roles:
        raise NotAllowedNow("roles: at least one")
    if unit.retired and person.active:
        raise NotAllowedNow(f"unit {person.unit!r} is retired")
    was = people.get(person.code)
    if was is not None and _administers(was) and not _administers(person):
        left = [one for one in people.values() if one.code != person.code and _administers(one)]
        if not left:
            raise NotAllowedNow(f"{person.code} is the last administrator")


def check_unit(unit: Unit, *, people: Collection[Person]) -> None:
    """Refuse to retire a unit for which somebody works.

    :raises NotAllowedNow: who does is named.
    """
    working = sorted(one.code for one in people if one.active and one.unit == unit.code)
    if unit.retired and working:
        raise NotAllowedNow(f"{', '.join(working[:5])} still work for {unit.code!r}")


def check_place(
    place: Place, *, places: Mapping[PlaceCode, Place], held: Mapping[PlaceCode, str]
) -> None:
    """Refuse a place that would not stand in the tree.

    :param held: what is at a place and needs it, in words: a device, a post.
    :raises NotFound: an unknown parent. :raises NotAllowedNow: a ring, a retired parent, or a place
        that is retired while something hangs there or lies below it.
    """
    above = place.parent
    seen = {place.code}
    while above is not None:
        if above in seen:
            raise NotAllowedNow(f"{place.code!r} would lie within itself")
        seen.add(above)
        if above not in places:
            raise NotFound(f"place {above!r} is not known here")
        above = places[above].parent
    if not place.retired:
        if place.parent is not None and places[place.parent].retired:
            raise NotAllowedNow(f"place {place.parent!r} is retired")
        return
    if place.code in held:
        raise NotAllowedNow(f"{held[place.code]} is at {place.code!r}")
    below = sorted(
        one.code for one in places.values() if one.parent == place.code and not one.retired
    )
    if below:
        raise NotAllowedNow(f"{', '.join(below[:5])} lie below {place.code!r}")


def _administers(person: Person) -> bool:
    return person.active and Role.ADMINISTRATOR in person.roles
