"""Changing people, units and places in the office itself (features K2)."""

import json
from collections.abc import Mapping
from datetime import datetime

from core.administration import policy
from core.facts.device import SiteCode
from core.facts.journal import LogInRenewed, PersonChanged, PlaceChanged, UnitChanged
from core.facts.people import Person, PersonCode, Unit
from core.facts.place import Place, PlaceCode
from core.store.journal import THE_SITE
from core.store.store import Store


def change_person(
    store: Store, *, site: SiteCode, person: Person, by: PersonCode, now: datetime
) -> Person:
    """Enter a person or change one; who is not active any more is logged out everywhere.

    :raises NotFound: an unknown unit. :raises NotAllowedNow: see ``policy.check_person``.
    """
    store.journal.lock(site)
    people = {one.code: one for one in store.people.all(site)}
    units = {one.code: one for one in store.people.units(site)}
    policy.check_person(person, units=units, people=people)
    was = people.get(person.code)
    if was == person:
        return person
    store.people.edit(site, persons=[person])
    if not person.active:
        store.sessions.revoke_all(site, person.code)
    entry = PersonChanged(
        person=person.code,
        before=said(of_person(was)) if was is not None else None,
        after=said(of_person(person)),
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return person


def renew_log_in(
    store: Store,
    *,
    site: SiteCode,
    person: PersonCode,
    password_hash: str,
    by: PersonCode,
    now: datetime,
) -> str:
    """Give a person a log-in with another password, end his sessions, and return its name.

    :raises NotFound: no such person at this site.
    """
    store.journal.lock(site)
    login = store.people.logins(site).get(person, person)
    store.people.set_password(site, person, login=login, password_hash=password_hash)
    store.sessions.revoke_all(site, person)
    store.journal.append(site, THE_SITE, LogInRenewed(person=person), at=now, by=by)
    return login


def change_unit(store: Store, *, site: SiteCode, unit: Unit, by: PersonCode, now: datetime) -> Unit:
    """Enter a unit or change one.

    :raises NotAllowedNow: it would be retired while somebody works for it.
    """
    store.journal.lock(site)
    policy.check_unit(unit, people=store.people.all(site))
    was = next((one for one in store.people.units(site) if one.code == unit.code), None)
    if was == unit:
        return unit
    store.people.edit(site, units=[unit])
    entry = UnitChanged(
        unit=unit.code,
        before=said(of_unit(was)) if was is not None else None,
        after=said(of_unit(unit)),
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return unit


def change_place(
    store: Store, *, site: SiteCode, place: Place, by: PersonCode, now: datetime
) -> Place:
    """Enter a place or change one; what happened there keeps it, so it is only ever retired.

    :raises NotFound: an unknown parent. :raises NotAllowedNow: see ``policy.check_place``.
    """
    store.journal.lock(site)
    places = {one.code: one for one in store.sites.places(site)}
    policy.check_place(place, places=places, held=held(store, site))
    was = places.get(place.code)
    if was == place:
        return place
    store.sites.edit(site, [place])
    entry = PlaceChanged(
        place=place.code,
        before=said(of_place(was)) if was is not None else None,
        after=said(of_place(place)),
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return place


def held(store: Store, site: SiteCode) -> dict[PlaceCode, str]:
    """Return what needs each place: a device that hangs there, a camera's view, a post."""
    found: dict[PlaceCode, str] = {}
    for post in store.roster.posts(site):
        if post.place is not None:
            found[post.place] = f"post {post.code}"
    for heard in store.sites.devices(site):
        for place in (heard.device.place, *heard.device.covers):
            found[place] = f"device {heard.device.code}"
    return found


def of_person(person: Person) -> Mapping[str, object]:
    """Return what the office may change of a person."""
    return {
        "name": person.name,
        "unit": person.unit,
        "roles": sorted(role.value for role in person.roles),
        "phone": person.phone,
        "active": person.active,
    }


def of_unit(unit: Unit) -> Mapping[str, object]:
    """Return what the office may change of a unit."""
    return {"name": unit.name, "kind": unit.kind.value, "retired": unit.retired}


def of_place(place: Place) -> Mapping[str, object]:
    """Return what the office may change of a place."""
    return {"name": place.name, "parent": place.parent, "retired": place.retired}


def said(facts: Mapping[str, object]) -> str:
    """Return facts as the journal keeps them: JSON text, always the same for the same facts."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)
