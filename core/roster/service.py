"""Asking the roster."""

from datetime import datetime

from core.facts.device import SiteCode
from core.facts.people import Role
from core.facts.place import PlaceCode
from core.facts.roster import OnDuty
from core.roster import policy
from core.roster.standing import Standing
from core.store.store import Store


def standing(store: Store, *, site: SiteCode, at: datetime) -> Standing:
    """Return the roster of a site at one moment: asked once, answering any number of questions."""
    return Standing(
        at=at,
        people={person.code: person for person in store.people.all(site)},
        posts={post.code: post for post in store.roster.posts(site)},
        places={place.code: place for place in store.sites.places(site)},
        duties=store.roster.standing(site, at),
        absences=store.roster.absences(site, since=at, until=at),
        stand_ins=store.roster.stand_ins(site, since=at, until=at),
    )


def on_duty(
    store: Store,
    *,
    site: SiteCode,
    at: datetime,
    role: Role | None = None,
    place: PlaceCode | None = None,
) -> list[OnDuty]:
    """Return who is on duty, the nearest to the place first, by the tree of places."""
    return standing(store, site=site, at=at).on_duty(role, place)


def whom_it_knows(store: Store, site: SiteCode) -> policy.Known:
    """Return posts, shifts and people: what the lines of a roster may speak of."""
    return policy.Known(
        posts={post.code: post for post in store.roster.posts(site)},
        shifts={shift.code: shift for shift in store.roster.shifts(site)},
        people={person.code: person for person in store.people.all(site)},
    )
