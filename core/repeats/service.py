"""Repeats are found behind the journal; likenesses are offered while somebody types (一.2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from core.errors import Incomplete, NotAllowedNow
from core.facts.catalogue import CategoryCode
from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.issue import UNHANDLED, Issue, IssueNumber
from core.facts.journal import RepeatFound, RepeatUnmarked
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.facts.repeat import Repeat, RepeatRule, Sketch, ToldBefore
from core.repeats import policy
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "repeats"
_SAID = frozenset({"told", "completed", "reclassified", "customer_tied", "split_off"})
_READ = _SAID | {"reopened", "handled", "closed", "dismissed", "merged"}
#: A customer's earlier issues that are compared at most.
_EARLIER = 100
#: So many of the nearest by their sketches are compared word by word.
_NEAREST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An open issue that sounds like what is being typed."""

    issue: Issue
    likeness: int


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read what was said since the last time: mark repeats, and keep words findable.

    Return entries read.
    """
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_READ, limit=limit)
    issues = store.issues.several(site, {entry.issue for entry in entries})
    store.sketches.keep(site, {number: _sketch(one) for number, one in issues.items()})
    for number in sorted({entry.issue for entry in entries if entry.kind in _SAID}):
        mark(store, issues[number], now=now)
    return len(entries)


def mark(store: Store, issue: Issue, *, now: datetime) -> Repeat | None:
    """Mark an issue as a repeat if its customer told of the same within the policy's days.

    What somebody has unmarked with a reason stays so, unless it is tied to another customer.
    """
    customer = issue.caller.customer if issue.caller else None
    if customer is None:
        return None
    before = store.repeats.of_issues(issue.site, [issue.number]).get(issue.number)
    if before is not None and before.customer == customer:
        return None
    found = policy.repeat_of(
        issue,
        _earlier(store, issue, customer),
        alike=store.rules_of(issue.site).policy.customers.alike,
    )
    if found is None:
        return None
    return write(
        store,
        issue,
        of=found.of.number,
        customer=customer,
        rule=found.rule,
        likeness=found.likeness,
        now=now,
    )


def told_before(
    store: Store, *, site: SiteCode, issues: Collection[IssueNumber]
) -> dict[IssueNumber, ToldBefore]:
    """Return, of those that are marked, how often they were told and when the first time was."""
    known: dict[IssueNumber, Repeat] = {}
    ask = set(issues)
    while ask:  # a chain is as long as somebody's patience
        found = store.repeats.of_issues(site, ask)
        known |= {number: one for number, one in found.items() if one.unmarked_at is None}
        ask = {one.of for one in found.values()} - known.keys() - ask
    first = {number: _first(number, known) for number in issues if number in known}
    began = store.issues.several(site, set(first.values()))
    return {
        number: ToldBefore(
            of=known[number].of, times=known[number].chain, since=began[root].reported_at
        )
        for number, root in first.items()
    }


def _first(number: IssueNumber, known: Mapping[IssueNumber, Repeat]) -> IssueNumber:
    seen = {number}
    while (repeat := known.get(number)) is not None and repeat.of not in seen:
        number = repeat.of
        seen.add(number)
    return number


def write(
    store: Store,
    issue: Issue,
    *,
    of: IssueNumber,
    customer: CustomerCode,
    rule: RepeatRule,
    likeness: int | None,
    now: datetime,
) -> Repeat:
    """Mark an issue as a repeat and count the chain."""
    known = store.repeats.of_issues(issue.site, {of, issue.number})
    earlier = known.get(of)
    chain = earlier.chain + 1 if earlier is not None and earlier.unmarked_at is None else 2
    repeat = Repeat(
        issue=issue.number,
        of=of,
        customer=customer,
        rule=rule,
        likeness=likeness,
        chain=chain,
        found_at=now,
    )
    store.repeats.put(issue.site, repeat)
    entry = RepeatFound(of=of, customer=customer, by=rule.value, chain=chain, likeness=likeness)
    store.journal.append(issue.site, issue.number, entry, at=now)
    return repeat


def unmark(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, reason: str, now: datetime
) -> Issue:
    """Say that it was no repeat, and why; both stay.

    :raises NotAllowedNow: it is not marked. :raises Incomplete: no reason.
    """
    if not reason.strip():
        raise Incomplete("nobody takes a repeat back without a reason")
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    repeat = store.repeats.of_issues(site, [issue]).get(issue)
    if repeat is None or repeat.unmarked_at is not None:
        raise NotAllowedNow(f"issue {issue} is not marked as a repeat")
    store.repeats.put(
        site, replace(repeat, unmarked_at=now, unmarked_by=by, unmarked_reason=reason.strip())
    )
    entry = RepeatUnmarked(of=repeat.of, reason=reason.strip())
    store.journal.append(site, issue, entry, at=now, by=by)
    return store.issues.change(found)


def similar(
    store: Store,
    *,
    site: SiteCode,
    text: str,
    place: PlaceCode | None = None,
    category: str | None = None,
    limit: int = 5,
) -> list[Alike]:
    """Return open issues that sound like this, the most alike first.

    Sketches name candidates, likeness of their words orders them; the same place and the same
    category count for more, for people word the same thing differently.
    """
    said = policy.plain(text)
    of = CategoryCode(category) if category is not None else None
    sketch = Sketch(bits=policy.bits(text), place=place, category=of)
    near = store.sketches.nearest(site, sketch, limit=_NEAREST)
    # Each as it is ordered: how alike and how near, then the newest; and what it says.
    heard: list[tuple[int, IssueNumber, int, str]] = []
    for number, words, at, kind in store.issues.open_words(site, near):
        plain = policy.plain(words)
        likeness = policy.likeness(said, plain)
        here, same = at is not None and at == place, kind is not None and kind == category
        heard.append((likeness + 15 * here + 10 * same, number, likeness, plain))
    heard.sort(reverse=True)
    best = islice((one for one in heard if policy.share_a_pair(said, one[3])), limit)
    likenesses = {number: likeness for _, number, likeness, _ in best}
    issues = store.issues.several(site, likenesses)
    return [Alike(issue=issues[number], likeness=like) for number, like in likenesses.items()]


def _sketch(issue: Issue) -> Sketch | None:
    """Return by what an issue is found while it is open; None: it is not, or nobody said a word."""
    if issue.status not in UNHANDLED or not issue.words:
        return None
    return Sketch(bits=policy.bits(issue.words), place=issue.place, category=issue.category)


def _earlier(store: Store, issue: Issue, customer: CustomerCode) -> list[Issue]:
    days = store.rules_of(issue.site).policy.customers.repeat_days
    since = issue.reported_at - timedelta(days=days)
    told = store.reporters.issues_of_customer(issue.site, customer, since=since, limit=_EARLIER)
    return [
        one for one in told if one.number != issue.number and one.reported_at <= issue.reported_at
    ]
