"""Whoever is nearest is asked to come; whoever does not answer is passed over (五.1(2))."""

import json
from datetime import datetime, timedelta

from core.alerting import policy
from core.errors import NotFound
from core.facts import moment
from core.facts.alert import Alert, AlertState
from core.facts.catalogue import CategoryCode
from core.facts.category import Category
from core.facts.device import SiteCode
from core.facts.issue import UNHANDLED, Issue, IssueNumber, Urgency
from core.facts.journal import AlertAnswered, Alerted, AlertExhausted, AlertUnanswered
from core.facts.people import PersonCode
from core.roster import service as roster
from core.roster.standing import Standing
from core.store.journal import Written
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "alerting"
_ENDS = frozenset({"handled", "closed", "dismissed", "merged"})
_READ = _ENDS | {"opened", "told", "completed", "reclassified"}


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read what happened since the last time: alert about new problems, withdraw what ended."""
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_READ, limit=limit)
    standing: Standing | None = None
    for entry in entries:
        if entry.kind in _ENDS:
            store.alerts.withdraw(site, entry.issue, now=now)
            continue
        category = _category(store, entry)
        if category is None or category.alert is None:
            continue
        standing = standing or roster.standing(store, site=site, at=now)
        issue = store.issues.find(site, entry.issue)
        if issue.status in UNHANDLED:
            _alert(store, issue, category, standing=standing, now=now)
    return len(entries)


def pass_over(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Ask the next where somebody has not answered in time; return alerts looked at."""
    store.journal.lock(site)
    due = store.alerts.due(site, now, limit=limit)
    if not due:
        return 0
    standing = roster.standing(store, site=site, at=now)
    for alert in due:
        store.alerts.change(alert, state=AlertState.UNANSWERED.value)
        entry = AlertUnanswered(person=alert.person)
        store.journal.append(site, alert.issue, entry, at=now)
    for issue, category in dict.fromkeys((one.issue, one.category) for one in due):
        _go_on(store, site, issue, category, standing=standing, now=now)
    return len(due)


def answer(
    store: Store, *, site: SiteCode, alert: int, by: PersonCode, coming: bool, now: datetime
) -> Alert:
    """Say whether one comes; who cannot is passed over at once. A late answer is taken too.

    :raises NotFound: no such alert to this person.
    :raises NotAllowedNow: he has answered, or nobody needs to come any more.
    """
    store.journal.lock(site)
    found = mine(store, site=site, alert=alert, by=by)
    policy.check_answer(found)
    entry = AlertAnswered(person=by, coming=coming)
    store.journal.append(site, found.issue, entry, at=now, by=by)
    state = AlertState.COMING if coming else AlertState.CANNOT
    said = store.alerts.change(found, state=state.value, answered_at=now)
    if not coming and found.state is AlertState.WAITING:
        standing = roster.standing(store, site=site, at=now)
        _go_on(store, site, found.issue, found.category, standing=standing, now=now)
    return said


def mine(store: Store, *, site: SiteCode, alert: int, by: PersonCode) -> Alert:
    """Return an alert to this person.

    :raises NotFound: no such alert to this person.
    """
    found = store.alerts.find(site, alert)
    if found.person != by:
        raise NotFound(f"alert {alert} is not yours or not known here")
    return found


def _category(store: Store, entry: Written) -> Category | None:
    """Return by whose plan an entry alerts: of life safety at once, of all else once it is told."""
    said = json.loads(entry.body)
    catalogue = store.rules_of(entry.site).catalogue
    if entry.kind == "opened":
        if said["urgency"] != Urgency.LIFE_SAFETY:
            return None
        return policy.by_event(catalogue, said["event"])
    code = said.get("category")
    if entry.kind == "reclassified" and code == said["category_before"]:
        return None  # only how urgent it is; whoever is near was asked
    return catalogue.get(code) if code is not None else None


def _go_on(
    store: Store,
    site: SiteCode,
    number: IssueNumber,
    code: CategoryCode,
    *,
    standing: Standing,
    now: datetime,
) -> None:
    issue = store.issues.find(site, number)
    category = store.rules_of(site).catalogue.get(code)
    if issue.status not in UNHANDLED or category is None or category.alert is None:
        return
    _alert(store, issue, category, standing=standing, now=now)
    if policy.nobody_comes(store.alerts.of_issue(site, number)):
        posts = tuple(role.value for role in category.alert.roles)
        store.journal.append(site, number, AlertExhausted(posts=posts), at=now)


def _alert(
    store: Store, issue: Issue, category: Category, *, standing: Standing, now: datetime
) -> None:
    assert category.alert is not None
    asked = store.alerts.of_issue(issue.site, issue.number)
    at_once = Urgency.LIFE_SAFETY in {issue.urgency, category.urgency}
    near = policy.candidates(category.alert, standing=standing, place=issue.place)
    due_at = now + timedelta(minutes=category.alert.minutes)
    fresh = policy.next_alerted(asked, near, at_once=at_once)
    if not fresh:
        return
    store.alerts.add(
        issue.site, issue.number, fresh, category=category.code, now=now, due_at=due_at
    )
    entries = [
        Alerted(person=person, post=role.value, due_at=moment.text(due_at))
        for person, role in fresh
    ]
    store.journal.append(issue.site, issue.number, *entries, at=now)
