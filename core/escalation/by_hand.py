"""Whoever holds an issue may call others in by himself; the policy's clock goes on (E9)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from core.errors import Incomplete, NotAllowedNow, NotPermitted
from core.facts.device import SiteCode
from core.facts.issue import UNHANDLED, Issue, IssueNumber, Status
from core.facts.journal import EscalatedByHand, NoticeAcknowledged
from core.facts.people import Person, PersonCode, Role
from core.facts.roster import CalledIn
from core.roster import service as roster
from core.store.escalations import Fired
from core.store.notices import Notice
from core.store.store import Store

#: Steps that people set off bear this name instead of a ladder's.
LADDER = "by_hand"
#: Who oversees every issue may call in for each of them.
_OVERSEERS = frozenset({Role.GENERAL_GROUP_SUPERVISOR, Role.DIRECTOR})
#: Where the desk has to do with an issue.
_AT_DESK = frozenset({Status.FORWARDED, Status.ACCEPTED, Status.ASSIGNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Whom somebody calls in, and why."""

    reason: str
    roles: tuple[Role, ...] = ()
    people: tuple[PersonCode, ...] = field(default=())


def escalate(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, call: Call, now: datetime
) -> Fired:
    """Call people in now. No step of the ladder is answered by it, none is put off.

    :raises NotFound: no such issue or person. :raises Incomplete: no reason, or nobody is named.
    :raises NotPermitted: he does not hold it. :raises NotAllowedNow: nobody waits any more.
    """
    if not call.reason.strip():
        raise Incomplete("escalating needs a reason")
    if not call.roles and not call.people:
        raise Incomplete("say who is to be called in")
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    if found.status not in UNHANDLED:
        raise NotAllowedNow(f"nobody is called in to an issue that is {found.status}")
    if not _holds(store, found, store.people.find(site, by), now=now):
        raise NotPermitted("only who holds an issue calls others in")
    before = store.escalations.of_issues(site, [issue])[issue]
    number = 1 + sum(one.step.startswith(f"{LADDER}.") for one in before)
    step = f"{LADDER}.{number}"
    persons = _called(store, site, call, now=now)
    roles, reason = tuple(dict.fromkeys(call.roles)), call.reason.strip()
    entry = EscalatedByHand(
        step=step,
        to=tuple(role.value for role in roles),
        people=tuple(one.person for one in persons),
        reason=reason,
    )
    store.journal.append(site, issue, entry, at=now, by=by)
    fired = Fired(
        site=site,
        issue=issue,
        step=step,
        to=roles,
        due_at=now,
        fired_at=now,
        by=by,
        reason=reason,
    )
    store.escalations.add([fired])
    store.notices.add(site, [(issue, step, one) for one in persons], at=now)
    return fired


def acknowledge(
    store: Store, *, site: SiteCode, notice: int, person: PersonCode, now: datetime
) -> Notice:
    """Note that whoever was called in has read it; the first time stays and is written down.

    :raises NotFound: no such notice for this person.
    """
    store.journal.lock(site)
    read = store.notices.acknowledge(site, notice, person=person, now=now)
    if read.acknowledged_at == now:
        entry = NoticeAcknowledged(step=read.step)
        store.journal.append(site, read.issue, entry, at=now, by=person)
    return read


def _holds(store: Store, issue: Issue, person: Person, *, now: datetime) -> bool:
    """Whether somebody answers for an issue, works on it, or was called in to it."""
    if person.code in {issue.owner, issue.assigned_to} or person.roles & _OVERSEERS:
        return True
    if Role.DESK_AGENT in person.roles and issue.status in _AT_DESK:
        return True
    reports = store.reports.of_issue(issue.site, issue.number)
    if any(report.holder(now) == person.code for report in reports):
        return True
    told = store.notices.of_issues(issue.site, [issue.number]).values()
    return any(person.code in people for people in told)


def _called(store: Store, site: SiteCode, call: Call, *, now: datetime) -> Collection[CalledIn]:
    """Return each person once: those named, and whoever the roster has for the roles."""
    named = [CalledIn(person=store.people.find(site, code).code) for code in call.people]
    here = roster.standing(store, site=site, at=now)
    found = {one.person: one for one in here.called_in(call.roles)} if call.roles else {}
    found |= {one.person: one for one in named}
    if not found:
        raise Incomplete("there is nobody of that role")
    return [found[code] for code in sorted(found)]
