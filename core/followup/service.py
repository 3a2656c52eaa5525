"""Asking every day how open issues stand, taking the answers, and keeping what was missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.facts.device import SiteCode
from core.facts.followup import Card, CardState, FollowUpWord
from core.facts.issue import Issue, IssueNumber
from core.facts.journal import Entry, FollowedUp, FollowUpAsked, FollowUpMissed
from core.facts.people import PersonCode
from core.followup import policy
from core.roster import service as roster
from core.store.followups import Clock
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "followup"
_READ = frozenset({"policy_changed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one slice did, and whether there is more to do now."""

    cards: int
    more: bool
    #: The last issue looked at: the next slice of the same day goes on behind it.
    upto: IssueNumber


def ask(store: Store, *, site: SiteCode, now: datetime, limit: int, after: IssueNumber) -> Round:
    """Ask about a slice of the open issues of the day whose hour has come (五.1(3)①).

    A day that passed while the product was down was never asked about: it is missed, and says so.
    """
    store.journal.lock(site)
    hour = store.rules_of(site).policy.followup_hour
    days = store.rules_of(site).days(store.sites.zone(site))
    clock = store.followups.clock(site)
    if clock is None:
        on, asks_at = policy.first_day(days, hour=hour, now=now)
        store.followups.set_clock(site, Clock(on=on, asks_at=asks_at))
        return Round(cards=0, more=False, upto=after)
    if clock.asks_at > now:
        return Round(cards=0, more=False, upto=after)
    issues = store.followups.to_ask(
        site, clock.on, reported_before=clock.asks_at, limit=limit, after=after
    )
    _ask(store, site, clock, issues, ends_at=days.end_of(clock.on), now=now)
    if len(issues) == limit:
        return Round(cards=len(issues), more=True, upto=issues[-1].number)
    on, asks_at = policy.next_day(days, clock.on, hour=hour)
    store.followups.set_clock(site, Clock(on=on, asks_at=asks_at))
    return Round(cards=len(issues), more=asks_at <= now, upto=IssueNumber(0))


def end_days(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Mark the cards of days that have ended without a word; return how many were looked at."""
    store.journal.lock(site)
    cards = store.followups.ended(site, now, limit=limit)
    issues = store.issues.several(site, {card.issue for card in cards})
    states = {card: policy.after_the_day(card, issues[card.issue]) for card in cards}
    store.followups.end(site, states)
    missed: list[tuple[IssueNumber, Entry]] = [
        (card.issue, FollowUpMissed(of=card.of, on=card.on.isoformat()))
        for card, state in states.items()
        if state is CardState.MISSED
    ]
    store.journal.extend(site, missed, at=now)
    return len(cards)


def answer(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    by: PersonCode,
    word: FollowUpWord,
    words: str,
    now: datetime,
) -> Card:
    """Say how an issue stands; one word clears the day, before the hour too.

    "Solved" asks the desk to close it: the owner is not asked again unless it is re-opened.

    :raises NotAllowedNow: the issue is not open, or the day is cleared or over.
    :raises NotPermitted: he does not answer for this issue.
    """
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    days = store.rules_of(site).days(store.sites.zone(site))
    today = days.site_day(now)
    card = store.followups.find(site, issue, today)
    policy.check_answer(found, card, by=by, answering=_answering(store, found, now))
    entry = FollowedUp(of=by, on=today.isoformat(), state=word.value, words=words.strip() or None)
    store.journal.append(site, issue, entry, at=now, by=by)
    said = Card(
        site=site,
        issue=issue,
        on=today,
        of=by,
        asked_at=card.asked_at if card is not None else None,
        ends_at=days.end_of(today),
        state=CardState(word.value),
        answered_at=now,
        words=words.strip() or None,
        reopened=found.reopened,
    )
    store.followups.put([said])
    return said


def answering(store: Store, *, site: SiteCode, issue: Issue, now: datetime) -> PersonCode | None:
    """Return who would be asked about an issue now; None: nobody answers for it yet."""
    assert issue.site == site
    return _answering(store, issue, now)


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read changes of the policy: a new hour moves the next asking, never one that has been."""
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_READ, limit=limit)
    clock = store.followups.clock(site)
    if entries and clock is not None and clock.asks_at > now:
        rules = store.rules_of(site)
        days = rules.days(store.sites.zone(site))
        asks_at = days.at_hour(clock.on, rules.policy.followup_hour)
        store.followups.set_clock(site, Clock(on=clock.on, asks_at=asks_at))
    return len(entries)


def _ask(
    store: Store,
    site: SiteCode,
    clock: Clock,
    issues: Sequence[Issue],
    *,
    ends_at: datetime,
    now: datetime,
) -> None:
    if not issues:
        return
    standing = roster.standing(store, site=site, at=now)
    units = {unit.code: unit for unit in store.people.units(site)}
    in_time = ends_at > now
    cards: list[Card] = []
    entries: list[tuple[IssueNumber, Entry]] = []
    for issue in issues:
        assert issue.owner is not None
        of, on = policy.who_answers(issue.owner, units=units, standing=standing), clock.on
        cards.append(
            Card(
                site=site,
                issue=issue.number,
                on=on,
                of=of,
                asked_at=now if in_time else None,
                ends_at=ends_at,
                state=CardState.ASKED if in_time else CardState.MISSED,
                answered_at=None,
                words=None,
                reopened=issue.reopened,
            )
        )
        asked = FollowUpAsked(of=of, on=on.isoformat())
        never = FollowUpMissed(of=of, on=on.isoformat(), asked=False)
        entries.append((issue.number, asked if in_time else never))
    store.followups.put(cards)
    store.journal.extend(site, entries, at=now)


def _answering(store: Store, issue: Issue, now: datetime) -> PersonCode | None:
    if issue.owner is None:
        return None
    standing = roster.standing(store, site=issue.site, at=now)
    units = {unit.code: unit for unit in store.people.units(issue.site)}
    return policy.who_answers(issue.owner, units=units, standing=standing)
