"""Briefings as the API answers them."""

from collections.abc import Sequence

from api.schemas.briefing import AcknowledgedBy, BriefingOut, WhoKnowsOut
from api.views.views import Views
from core.facts.briefing import Briefing
from core.training import policy, service


def briefings(views: Views, found: Sequence[Briefing]) -> list[BriefingOut]:
    """Return briefings as one person sees them, in the order given."""
    me = views.store.people.find(views.site, views.me)
    known = views.store.briefings.known_by(views.site, views.me, [one.number for one in found])
    return [
        BriefingOut(
            number=one.number,
            version=one.version,
            sort=one.draft.sort,
            title=one.draft.title,
            words=one.draft.words,
            roles=sorted(one.draft.audience.roles),
            units=[views.names.units[unit] for unit in sorted(one.draft.audience.units)],
            categories=list(one.draft.categories),
            by=views.names.some_person(one.by),
            published_at=one.published_at,
            for_me=bool(policy.audience(one.draft.audience, [me])),
            acknowledged_at=known.get((one.number, one.version)),
        )
        for one in found
    ]


def who_knows(views: Views, briefing: Briefing) -> WhoKnowsOut:
    """Return who knows the newest version, and who has not said so."""
    known = views.store.briefings.acknowledged(briefing)
    return WhoKnowsOut(
        version=briefing.version,
        acknowledged=[
            AcknowledgedBy(person=views.names.person(code), at=at) for code, at in known.items()
        ],
        missing=[
            views.names.person(person.code) for person in service.who_has_not(views.store, briefing)
        ],
    )
