"""What a person types, turned into the core's words: names of relayers are looked up here."""

from api.schemas.report import TellingIn
from core.errors import Incomplete
from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.facts.report import Relay, Telling
from core.store.store import Store


def telling(store: Store, site: SiteCode, said: TellingIn) -> Telling:
    """Return what was typed.

    :raises NotFound: a relayer who is not known here. :raises Incomplete: a hop by nobody.
    """
    return Telling(
        channel=said.channel,
        caller=said.caller.fact(),
        words=said.words,
        told_at=said.told_at,
        relays=_relays(store, site, said),
        place=PlaceCode(said.place) if said.place is not None else None,
        category=CategoryCode(said.category) if said.category is not None else None,
        urgency=said.urgency,
    )


def _relays(store: Store, site: SiteCode, said: TellingIn) -> tuple[Relay, ...]:
    hops: list[Relay] = []
    for hop in said.relays:
        if hop.by_person is not None:
            hops.append(hop.fact(store.people.find(site, PersonCode(hop.by_person)).name))
        elif hop.by is not None:
            hops.append(hop.fact(hop.by))
        else:
            raise Incomplete("a relay says who passed it on: by_person or by")
    return tuple(hops)
