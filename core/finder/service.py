"""A report from the finder's own telephone: it is with the desk, or dealt with, at once."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.errors import Incomplete, NotAllowedNow
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.evidence import Label, PictureState
from core.facts.issue import Issue, IssueNumber, Outcome, Urgency
from core.facts.journal import ClockDoubted, Closed, Entry, Forwarded, Handled
from core.facts.lifecycle import after
from core.facts.people import PersonCode
from core.facts.playbook import Room
from core.facts.report import Report, Telling
from core.finder import policy
from core.register import playbook, return_visit
from core.register.telling import open_telling
from core.store.store import Store


def tell(
    store: Store,
    *,
    site: SiteCode,
    telling: Telling,
    how: str | None,
    by: PersonCode,
    now: datetime,
) -> tuple[Issue, Report]:
    """Enter what a member of staff tells of himself; ``how`` if he dealt with it on the spot.

    The desk has it at once, as everybody reports to it; life safety rings at the centre. Time runs
    from when he wrote it, also if his telephone found no net till now.

    :raises Incomplete: no words, place or category. :raises NotFound: an unknown code.
    """
    if telling.place is None or telling.category is None:
        raise Incomplete("say where it is and what it is")
    told_at, doubted = policy.told_at(telling.told_at, now=now)
    issue, report = open_telling(
        store, site=site, telling=replace(telling, told_at=told_at), by=by, now=now
    )
    if doubted and telling.told_at is not None:
        doubt = ClockDoubted(report=report.number, said_at=moment.text(telling.told_at))
        store.journal.append(site, issue.number, doubt, at=now, by=by)
    if how is not None:
        return _handled(store, issue, report, how=how, by=by, now=now)
    if issue.urgency is Urgency.LIFE_SAFETY:
        return issue, report
    entry = Forwarded(report=report.number)
    return _moved(store, issue, entry, by=by, now=now, forwarded_at=now), report


def end(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, now: datetime
) -> Issue:
    """End what its finder dealt with on the spot and has shown on a picture (F6).

    Ended already: as it stands.

    :raises NotFound: no such issue, or somebody else found it.
    :raises NotAllowedNow: it was not handled on the spot, or without a picture.
    :raises StepsOpen: required steps are not done. :raises PicturesLacking: its category asks for
        more pictures. :raises Incomplete: a customer has to be told.
    """
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    if found.owner == by and found.outcome is Outcome.HANDLED_ON_THE_SPOT:
        return found
    policy.check_ending(found, by=by, pictures=_shown(store, found, by))
    if not _on_the_spot(store, found):
        raise NotAllowedNow("it was not dealt with on the spot; the desk ends it")
    return_visit.check_told(store, found)
    playbook.check_steps(store, found, rooms=frozenset(Room))
    playbook.check_pictures(store, found)
    outcome = Outcome.HANDLED_ON_THE_SPOT
    entry = Closed(outcome=outcome.value, words=found.handled_how or "")
    return _moved(store, found, entry, by=by, now=now, closed_at=now, outcome=outcome.value)


def _handled(
    store: Store, issue: Issue, report: Report, *, how: str, by: PersonCode, now: datetime
) -> tuple[Issue, Report]:
    if not how.strip():
        raise Incomplete("say how it was handled")
    entry = Handled(how=how.strip(), on_the_spot=True)
    moved = _moved(
        store,
        issue,
        entry,
        by=by,
        now=now,
        handled_at=now,
        handled_how=how.strip(),
        next_due_at=None,
    )
    return moved, store.reports.change(report, queued=False)


def _moved(
    store: Store, issue: Issue, entry: Entry, *, by: PersonCode, now: datetime, **values: Any
) -> Issue:
    status = after(issue.status, type(entry))
    store.journal.append(issue.site, issue.number, entry, at=now, by=by)
    return store.issues.change(issue, status=status.value, **values)


def _on_the_spot(store: Store, issue: Issue) -> bool:
    claims = store.journal.of_issue(issue.site, issue.number, kinds={"handled"})
    return bool(claims) and json.loads(claims[-1].body).get("on_the_spot", False) is True


def _shown(store: Store, issue: Issue, by: PersonCode) -> int:
    pictures = store.pictures.of_issues(issue.site, [issue.number]).get(issue.number, [])
    return sum(
        one.by == by and one.label is Label.NOW and one.state is PictureState.HERE
        for one in pictures
    )
