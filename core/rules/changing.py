"""Changing a site's rules: what would move is shown before it is saved (E7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from core.errors import Incomplete, NotAllowedNow
from core.escalation import pausing, policy
from core.escalation.climbing import Climbs
from core.escalation.returning import comes_back_at
from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber
from core.facts.journal import CalendarChanged, CatalogueChanged, Entry, PolicyChanged
from core.facts.ladder import Called, Step
from core.facts.pause import times
from core.facts.people import PersonCode
from core.facts.rules import Edition, RuleKind, Rules
from core.rules import texts
from core.store.escalations import Fired
from core.store.journal import THE_SITE
from core.store.store import Store

#: Open issues looked at together.
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An open issue whose ladder would move: what it waits for now, and what then."""

    issue: Issue
    before: tuple[Step, ...]
    after: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a text would change."""

    version: int
    #: The version in force that it was compared with; 0: the shipped rules.
    base: int
    #: How many open issues were looked at.
    looked_at: int
    moves: tuple[Move, ...]


def preview(store: Store, *, site: SiteCode, kind: RuleKind, text: str, now: datetime) -> Preview:
    """Return which open issues' times would move, from when to when; nothing is saved.

    :raises BadPolicy: a policy or calendar with mistakes. :raises BadCatalogue: a catalogue.
    """
    version, candidate = texts.read(store, site=site, kind=kind, text=text, now=now)
    looked_at, moves = 0, []
    for issue, before, after in _compared(store, site, candidate):
        looked_at += 1
        if _due(before) != _due(after):
            moves.append(Move(issue=issue, before=before, after=after))
    return Preview(
        version=version,
        base=_base(store, site, kind),
        looked_at=looked_at,
        moves=tuple(moves),
    )


def change(
    store: Store,
    *,
    site: SiteCode,
    kind: RuleKind,
    text: str,
    base: int,
    reason: str,
    by: PersonCode,
    now: datetime,
) -> Edition:
    """Put a text in force; every open issue waits by it from now on, in the same unit of work.

    What has fired stays fired: it answers for the new steps by role and height.

    :param base: the version in force that whoever changes it has seen.
    :raises BadPolicy: a policy or calendar with mistakes. :raises BadCatalogue: a catalogue.
    :raises Incomplete: no reason. :raises NotAllowedNow: somebody else has changed it meanwhile.
    """
    if not reason.strip():
        raise Incomplete("a change of the rules needs a reason")
    store.journal.lock(site)
    present = _base(store, site, kind)
    if present != base:
        raise NotAllowedNow(f"version {present} of the {kind} is in force by now, not {base}")
    version, candidate = texts.read(store, site=site, kind=kind, text=text, now=now)
    moved = {
        issue.number
        for issue, before, after in _compared(store, site, candidate)
        if _due(before) != _due(after)
    }
    edition = store.put_in_force(
        site, kind=kind, version=version, text=text, by=by, reason=reason.strip(), now=now
    )
    if kind is not RuleKind.CATALOGUE:
        _rearm_all(store, site, candidate, now=now)
    store.journal.append(site, THE_SITE, _entry(edition, len(moved)), at=now, by=by)
    return edition


def _base(store: Store, site: SiteCode, kind: RuleKind) -> int:
    own = texts.in_force(store, site=site, kind=kind)
    return own.version if own is not None else 0


def _compared(
    store: Store, site: SiteCode, candidate: Rules
) -> Iterator[tuple[Issue, tuple[Step, ...], tuple[Step, ...]]]:
    """Yield each open issue with what it waits for, by the rules in force and by others."""
    for issues in _pages(store, site):
        numbers = [issue.number for issue in issues]
        present, then = (
            Climbs(store, site, numbers),
            Climbs(store, site, numbers, rules=candidate),
        )
        fired = store.escalations.of_issues(site, numbers)
        for issue in issues:
            called = _called(fired[issue.number])
            before, after = (
                policy.waiting(climbs.of(issue), status=issue.status, called=called)
                for climbs in (present, then)
            )
            yield issue, before, after


def _pages(store: Store, site: SiteCode) -> Iterator[list[Issue]]:
    last: IssueNumber | None = None
    while page := store.issues.open_here(site, after=last, limit=_PAGE):
        yield page
        last = page[-1].number


def _rearm_all(store: Store, site: SiteCode, rules: Rules, *, now: datetime) -> None:
    for issues in _pages(store, site):
        numbers = [issue.number for issue in issues]
        for number in store.pauses.of_issues(site, numbers):
            pausing.shorten(store, site=site, issue=number, now=now)
        climbs = Climbs(store, site, numbers, rules=rules)
        fired = store.escalations.of_issues(site, numbers)
        due: dict[IssueNumber, datetime | None] = {}
        back: dict[IssueNumber, datetime | None] = {}
        for issue in issues:
            due[issue.number] = policy.next_due_at(
                climbs.of(issue), status=issue.status, called=_called(fired[issue.number])
            )
            if issue.came_back_at is None and issue.touched_at is not None:
                back[issue.number] = comes_back_at(
                    issue,
                    policy=rules.policy.comes_back,
                    paused=times(climbs.pauses(issue.number)),
                )
        changed = {
            issue.number: due[issue.number]
            for issue in issues
            if issue.next_due_at != due[issue.number]
        }
        store.issues.rearm(site, changed)
        store.returns.rearm(site, back)


def _called(fired: Iterable[Fired]) -> list[Called]:
    return [Called(key=one.step, to=one.to, at=one.fired_at) for one in fired]


def _due(steps: tuple[Step, ...]) -> list[tuple[datetime, tuple[str, ...]]]:
    """Return what people would notice: who is called in when."""
    return [(step.due_at, tuple(role.value for role in step.to)) for step in steps]


def _entry(edition: Edition, moved: int) -> Entry:
    if edition.kind is RuleKind.CATALOGUE:
        return CatalogueChanged(
            version=edition.version, sha256=edition.sha256, reason=edition.reason
        )
    entry = PolicyChanged if edition.kind is RuleKind.POLICY else CalendarChanged
    return entry(version=edition.version, sha256=edition.sha256, reason=edition.reason, moved=moved)
