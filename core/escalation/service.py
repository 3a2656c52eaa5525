"""The ladder climbs: whoever is due is called in, once, and the issue waits for its next step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.escalation import policy, remarks, sentence
from core.escalation.climbing import Climbs
from core.escalation.named import Named
from core.facts import moment
from core.facts.catalogue import Words
from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber, Status
from core.facts.journal import DeputyCalledIn, Entry, Escalated
from core.facts.ladder import Called, Step
from core.facts.pause import Pause
from core.facts.roster import CalledIn
from core.roster import service as roster
from core.roster.standing import Standing
from core.store.escalations import Fired
from core.store.issues import Due
from core.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Where an issue stands on its ladder."""

    climb: tuple[Step, ...]
    waiting: tuple[Step, ...]
    called: tuple[Called, ...]
    pauses: tuple[Pause, ...]
    sentence: Words


def run(store: Store, *, site: SiteCode, now: datetime, limit: int = 500) -> tuple[int, int]:
    """Call in whoever is due at a site (五.1(3)); return steps fired and issues looked at.

    Run twice it calls nobody in twice; steps missed while the product was down fire now, in the
    order in which they fell due, each with its true due time. Two workers may run at once.
    """
    store.journal.lock(site)
    issues = store.issues.due(site, now, limit=limit)
    if not issues:
        return 0, 0
    numbers = [issue.number for issue in issues]
    climbs = Climbs(store, site, numbers)
    fired_before = store.escalations.of_issues(site, numbers)
    calling = _Calling(roster.standing(store, site=site, at=now), now=now)
    entries: list[tuple[IssueNumber, Entry]] = []
    fired: list[Fired] = []
    notices: list[tuple[IssueNumber, str, CalledIn]] = []
    next_due: dict[IssueNumber, datetime | None] = {}
    for issue in issues:
        called = _called(fired_before[issue.number])
        steps, next_due[issue.number] = calling.due(climbs.of(issue), issue.status, called)
        for step in steps:
            persons, told = calling.called_in(step)
            entries.extend((issue.number, entry) for entry in told)
            fired.append(_fired(issue, step, now))
            notices.extend((issue.number, step.key, one) for one in persons)
    # Before the issues change: the checks of foreign keys then find one version of each.
    store.escalations.add(fired)
    store.notices.add(site, notices, at=now)
    ends = {issue.number: (issue.entries, issue.head) for issue in issues}
    store.journal.extend(site, entries, at=now, due=next_due, ends=ends)
    written = {number for number, _ in entries}
    store.issues.rearm(site, {one: at for one, at in next_due.items() if one not in written})
    return len(fired), len(issues)


def ladders(
    store: Store, *, site: SiteCode, issues: Sequence[Issue], now: datetime
) -> dict[IssueNumber, Ladder]:
    """Return, for each issue, its steps and the sentence: which rule, who next, when, why."""
    numbers = [issue.number for issue in issues]
    climbs = Climbs(store, site, numbers)
    fired = store.escalations.of_issues(site, numbers)
    named = Named(store, site)
    deputies = store.notices.deputies(site, numbers)
    found: dict[IssueNumber, Ladder] = {}
    for issue in issues:
        climb, called = climbs.of(issue), _called(fired[issue.number])
        stands = sentence.of_issue(
            climb,
            status=issue.status,
            stopped_at=issue.closed_at or issue.handled_at,
            called=called,
            now=now,
            days=climbs.days,
        )
        said = remarks.Remarks(
            pauses=climbs.pauses(issue.number),
            by_hand=[one for one in fired[issue.number] if one.by is not None],
            deputies=deputies.get(issue.number, ()),
            issue=issue,
        )
        found[issue.number] = Ladder(
            climb=climb,
            waiting=policy.waiting(climb, status=issue.status, called=called),
            called=called,
            pauses=tuple(climbs.pauses(issue.number)),
            sentence=remarks.add(stands, said, days=climbs.days, named=named, now=now),
        )
    return found


class _Calling:
    """Who is called in now. In a storm many issues stand alike: each way is asked once."""

    def __init__(self, here: Standing, *, now: datetime) -> None:
        self._here = here
        self._now = now
        self._due: dict[
            tuple[int, Status, tuple[Called, ...]], tuple[tuple[Step, ...], datetime | None]
        ] = {}
        self._people: dict[int, tuple[list[CalledIn], list[Entry]]] = {}
        #: What is remembered is known by its identity, so it must live as long.
        self._kept: list[object] = []

    def due(
        self, climb: tuple[Step, ...], status: Status, called: tuple[Called, ...]
    ) -> tuple[tuple[Step, ...], datetime | None]:
        """Return the steps to fire now, and when the ladder then climbs next."""
        key = (id(climb), status, called)
        known = self._due.get(key)
        if known is None:
            steps = policy.due(climb, status=status, called=called, now=self._now)
            more = [Called(key=step.key, to=step.to, at=self._now) for step in steps]
            after = policy.next_due_at(climb, status=status, called=(*called, *more))
            known = self._due[key] = (steps, after)
            self._kept += [climb, *steps]
        return known

    def called_in(self, step: Step) -> tuple[list[CalledIn], list[Entry]]:
        """Return whom a step calls in, and what is written down of it."""
        known = self._people.get(id(step))
        if known is None:
            persons = self._here.called_in(step.to)
            told = [_escalated(step, persons), *_deputies(step, persons, self._here)]
            known = self._people[id(step)] = (persons, told)
            self._kept.append(step)
        return known


def _called(fired: Sequence[Fired]) -> tuple[Called, ...]:
    return tuple(Called(key=one.step, to=one.to, at=one.fired_at) for one in fired)


def _deputies(step: Step, persons: Sequence[CalledIn], here: Standing) -> Iterator[DeputyCalledIn]:
    """Name both: who is away or has somebody standing in for him, and who answers (E11)."""
    for one in persons:
        if one.instead_of is not None:
            absence = here.absence(one.instead_of)
            yield DeputyCalledIn(
                step=step.key,
                deputy=one.person,
                absent=one.instead_of,
                reason=absence.reason if absence is not None else None,
                until=moment.text(absence.ends_at) if absence is not None else None,
            )


def _escalated(step: Step, persons: Sequence[CalledIn]) -> Escalated:
    return Escalated(
        step=step.key,
        to=tuple(role.value for role in step.to),
        people=tuple(one.person for one in persons),
        due_at=moment.text(step.due_at),
        rule=step.rule,
    )


def _fired(issue: Due, step: Step, now: datetime) -> Fired:
    return Fired(
        site=issue.site,
        issue=issue.number,
        step=step.key,
        to=step.to,
        due_at=step.due_at,
        fired_at=now,
    )
