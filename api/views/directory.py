"""The names behind codes: one look-up of a site's people, places, devices and units."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from api.schemas.category import CategoryOut
from api.schemas.refs import DeviceRef, PersonRef, PlaceRef, UnitRef
from api.schemas.values import Sentence
from core.facts.catalogue import CategoryCode
from core.facts.category import Category
from core.facts.device import DeviceCode, SiteCode
from core.facts.people import UnitKind
from core.facts.place import Place, PlaceCode
from core.facts.rules import Rules
from core.store.store import Store

#: A name that was changed elsewhere is shown so many seconds later at most.
FRESH = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The names of one site, as they were a moment ago."""

    people: Mapping[str, PersonRef]
    places: Mapping[str, PlaceRef]
    devices: Mapping[str, DeviceRef]
    units: Mapping[str, UnitRef]
    rules: Rules
    read_at: float

    def person(self, code: str) -> PersonRef:
        """Name a member of staff; one who is not known here bears his code as name."""
        return self.people.get(code) or PersonRef(
            code=code, name=code, unit=UnitRef(code="", name="", kind=UnitKind.OFFICE)
        )

    def some_person(self, code: str | None) -> PersonRef | None:
        """Name a member of staff, if there is one."""
        return None if code is None else self.person(code)

    def place(self, code: str | None) -> PlaceRef | None:
        """Name a place, if there is one."""
        if code is None:
            return None
        return self.places.get(code) or PlaceRef(code=code, name=code, path=[code])

    def device(self, code: DeviceCode) -> DeviceRef:
        """Name a device; one that is not wired bears its code as name."""
        return self.devices.get(code) or DeviceRef(code=code, name=code)

    def category(self, code: CategoryCode | None) -> CategoryOut | None:
        """Name a category, if there is one; one that left the catalogue bears its code."""
        if code is None:
            return None
        known = self.rules.catalogue.get(code)
        return category_out(known) if known is not None else None


class Directories:
    """Directories of the sites this process serves, each read again when it is no longer fresh."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[SiteCode, Directory] = {}
        self._lock = threading.Lock()

    def of(self, store: Store, site: SiteCode) -> Directory:
        """Return the names of a site."""
        known = self._known.get(site)
        if (
            known is not None
            and time.monotonic() - known.read_at < FRESH
            and known.rules is store.rules_of(site)
        ):
            return known
        fresh = _read(store, site)
        with self._lock:
            self._known[site] = fresh
        return fresh


def category_out(category: Category) -> CategoryOut:
    """Return a category as the API answers it."""
    return CategoryOut(
        code=category.code,
        zh=category.name.zh,
        en=category.name.en,
        urgency=category.urgency,
        first_actions=Sentence(zh=category.first_actions.zh, en=category.first_actions.en),
    )


def _read(store: Store, site: SiteCode) -> Directory:
    units: dict[str, UnitRef] = {
        unit.code: UnitRef(code=unit.code, name=unit.name, kind=unit.kind)
        for unit in store.people.units(site)
    }
    places = {place.code: place for place in store.sites.places(site)}
    return Directory(
        people={
            person.code: PersonRef(code=person.code, name=person.name, unit=units[person.unit])
            for person in store.people.all(site)
        },
        places={
            place.code: PlaceRef(code=place.code, name=place.name, path=_path(place, places))
            for place in places.values()
        },
        devices={
            heard.device.code: DeviceRef(code=heard.device.code, name=heard.device.name)
            for heard in store.sites.devices(site)
        },
        units=units,
        rules=store.rules_of(site),
        read_at=time.monotonic(),
    )


def _path(place: Place, places: Mapping[PlaceCode, Place]) -> list[str]:
    """Return the names from the root to the place; a ring in the tree ends the walk."""
    above: list[Place] = []
    here: Place | None = place
    while here is not None and here not in above:
        above.append(here)
        here = places.get(here.parent) if here.parent is not None else None
    return [one.name for one in reversed(above)]
