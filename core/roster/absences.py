"""Who is away and who answers for him (E11), and who stands at another's post for a while."""

from datetime import datetime

from core.errors import NotAllowedNow
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.journal import AbsenceCancelled, AbsenceEntered, StandInEntered
from core.facts.people import PersonCode
from core.facts.roster import Absence, Leave, Relief, StandIn
from core.roster import policy
from core.roster.service import standing
from core.store.journal import THE_SITE
from core.store.store import Store


def enter_absence(
    store: Store, *, site: SiteCode, leave: Leave, by: PersonCode, now: datetime
) -> Absence:
    """Note that somebody is away and who answers for him (E11).

    :raises NotFound: an unknown person. :raises Incomplete: no reason.
    :raises NotReadable: it ends before it begins, or is over already.
    :raises NotAllowedNow: he would be his own deputy, or is entered as away at that time already.
    """
    store.journal.lock(site)
    store.people.find(site, leave.person)
    deputy = store.people.find(site, leave.deputy) if leave.deputy is not None else None
    begins, ends = moment.utc(leave.begins_at), moment.utc(leave.ends_at)
    known = store.roster.absences(site, since=begins, until=ends)
    policy.check_leave(leave, deputy=deputy, known=known, now=now)
    absence = store.roster.add_absence(
        site,
        person=leave.person,
        begins_at=begins,
        ends_at=ends,
        deputy=leave.deputy,
        reason=leave.reason.strip(),
        by=by,
    )
    entry = AbsenceEntered(
        absence=absence.id,
        person=absence.person,
        begins_at=moment.text(begins),
        ends_at=moment.text(ends),
        deputy=absence.deputy,
        reason=absence.reason,
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return absence


def cancel_absence(
    store: Store, *, site: SiteCode, absence: int, by: PersonCode, now: datetime
) -> Absence:
    """Let an absence hold no longer: he is back, or it was a mistake.

    :raises NotFound: no such absence. :raises NotAllowedNow: it is over or was called off.
    """
    store.journal.lock(site)
    found = store.roster.absence(site, absence)
    if found.cancelled_at is not None or found.ends_at <= now:
        raise NotAllowedNow("the absence is over")
    cancelled = store.roster.cancel_absence(found, site, now=now)
    entry = AbsenceCancelled(absence=found.id, person=found.person)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return cancelled


def stand_in(
    store: Store, *, site: SiteCode, relief: Relief, by: PersonCode, now: datetime
) -> StandIn:
    """Let somebody stand at another's post from now on, for a short while; it ends by itself.

    :raises Incomplete: no reason. :raises NotFound: an unknown person.
    :raises NotAllowedNow: longer than the policy allows, the other is not on duty there, or who
        stands in is none of the post's role or is on duty elsewhere.
    """
    store.journal.lock(site)
    here = standing(store, site=site, at=now)
    person = store.people.find(site, relief.person)
    limit = store.rules_of(site).policy.stand_in
    until = policy.check_relief(relief, person=person, here=here, limit=limit)
    found = store.roster.add_stand_in(
        site,
        post=relief.post,
        instead_of=relief.instead_of,
        person=relief.person,
        begins_at=now,
        ends_at=until,
        reason=relief.reason.strip(),
        by=by,
    )
    entry = StandInEntered(
        post=found.post,
        person=found.person,
        instead_of=found.instead_of,
        ends_at=moment.text(found.ends_at),
        reason=found.reason,
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return found
