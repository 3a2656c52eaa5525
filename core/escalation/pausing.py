"""Pauses of a ladder: asked, granted by somebody else, ended by themselves (E6)."""

from datetime import datetime

from core.errors import Incomplete, NotAllowedNow, NotReadable
from core.escalation import pause_policy
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.journal import PauseAsked, PauseEnded, PauseGranted, PauseRefused
from core.facts.pause import Pause, PauseState
from core.facts.people import PersonCode
from core.register import arming
from core.store.store import Store


def ask(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    by: PersonCode,
    until: datetime,
    reason: str,
    now: datetime,
) -> Pause:
    """Ask that the ladder stand still until a moment; it goes on until somebody grants it.

    :raises NotFound: no such issue. :raises Incomplete: no reason.
    :raises NotReadable: its end is not ahead.
    :raises NotAllowedNow: handled, life safety, asked already, or nothing is left of the limit.
    """
    store.journal.lock(site)
    end = moment.utc(until)
    known = store.pauses.of_issues(site, [issue]).get(issue, [])
    pause_policy.check_asking(
        store.issues.find(site, issue),
        known,
        until=end,
        reason=reason,
        limit=store.rules_of(site).policy.pause,
        now=now,
    )
    asked = store.pauses.ask(site, issue, by=by, until=end, reason=reason.strip(), now=now)
    entry = PauseAsked(pause=asked.id, until=moment.text(end), reason=asked.reason)
    store.journal.append(site, issue, entry, at=now, by=by)
    return asked


def grant(
    store: Store,
    *,
    site: SiteCode,
    pause: int,
    by: PersonCode,
    until: datetime | None = None,
    now: datetime,
) -> Pause:
    """Let the ladder stand still from now on; who grants may set a sooner end than was asked.

    :raises NotFound: no such pause. :raises NotPermitted: the asker himself.
    :raises NotReadable: an end that is past, or later than was asked.
    :raises NotAllowedNow: decided already, handled meanwhile, or nothing is left of the limit.
    """
    store.journal.lock(site)
    found = store.pauses.find(site, pause)
    issue = store.issues.find(site, found.issue)
    pause_policy.check_deciding(found, issue, by=by)
    end = moment.utc(until) if until is not None else found.until
    if not now < end <= found.until:
        raise NotReadable("a pause ends in the future, and not later than was asked")
    known = store.pauses.of_issues(site, [issue.number])[issue.number]
    limit = store.rules_of(site).policy.pause
    ends_at = pause_policy.ends_at(known, until=end, limit=limit, now=now)
    if ends_at <= now:
        raise NotAllowedNow(f"all pauses of an issue together last {limit} at most")
    entry = PauseGranted(
        pause=found.id,
        asked_by=found.asked_by,
        until=moment.text(ends_at),
        shortened=ends_at < found.until or None,
    )
    store.journal.append(site, issue.number, entry, at=now, by=by)
    granted = store.pauses.change(
        found,
        state=PauseState.GRANTED.value,
        decided_by=by,
        decided_at=now,
        begins_at=now,
        ends_at=ends_at,
        look_at=ends_at,
    )
    arming.rearm(store, issue)
    return granted


def refuse(
    store: Store, *, site: SiteCode, pause: int, by: PersonCode, reason: str, now: datetime
) -> Pause:
    """Let the ladder go on.

    :raises NotFound: no such pause. :raises NotPermitted: the asker himself.
    :raises NotAllowedNow: decided already. :raises Incomplete: no reason.
    """
    if not reason.strip():
        raise Incomplete("a refusal needs a reason")
    store.journal.lock(site)
    found = store.pauses.find(site, pause)
    pause_policy.check_deciding(found, store.issues.find(site, found.issue), by=by)
    return _refused(store, found, by=by, reason=reason.strip(), now=now)


def end(
    store: Store, *, site: SiteCode, pause: int, by: PersonCode, reason: str, now: datetime
) -> Pause:
    """Let the ladder go on before the pause is over; the time it stood still stays.

    :raises NotFound: no such pause. :raises NotAllowedNow: it does not run.
    :raises Incomplete: no reason.
    """
    if not reason.strip():
        raise Incomplete("say why the pause ends sooner")
    store.journal.lock(site)
    found = store.pauses.find(site, pause)
    if found.state is not PauseState.GRANTED:
        raise NotAllowedNow(f"the pause is {found.state}")
    return _ended(store, found, at=now, by=by, reason=reason.strip(), now=now)


def expire(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """End what is over and refuse what was asked for a time that is past; return how many."""
    store.journal.lock(site)
    over = store.pauses.due(site, now, limit=limit)
    for one in over:
        if one.state is PauseState.GRANTED and one.ends_at is not None:
            _ended(store, one, at=one.ends_at, by=None, reason=None, now=now)
        else:
            _refused(store, one, by=None, reason="nobody decided before its end", now=now)
    return len(over)


def stop(store: Store, *, site: SiteCode, issue: IssueNumber, at: datetime, now: datetime) -> None:
    """End what runs and drop what is asked, because the issue was handled at ``at``."""
    for one in store.pauses.of_issues(site, [issue]).get(issue, ()):
        if one.asked_at > at:
            continue  # it belongs to what came after: the issue was taken up again
        if one.state is PauseState.ASKED:
            store.pauses.change(one, state=PauseState.WITHDRAWN.value, decided_at=now, look_at=None)
        elif one.state is PauseState.GRANTED and one.ends_at is not None and one.ends_at > at:
            _ended(store, one, at=at, by=None, reason="it was handled", now=now)


def shorten(store: Store, *, site: SiteCode, issue: IssueNumber, now: datetime) -> None:
    """Let a running pause end sooner where the policy in force allows less than it did."""
    limit = store.rules_of(site).policy.pause
    known = store.pauses.of_issues(site, [issue]).get(issue, [])
    for one in known:
        if one.state is PauseState.GRANTED and one.begins_at is not None and one.ends_at:
            others = [other for other in known if other.id != one.id]
            allowed = pause_policy.ends_at(
                others, until=one.ends_at, limit=limit, now=one.begins_at
            )
            if allowed < one.ends_at:
                at = max(allowed, now)
                store.pauses.change(one, ends_at=at, look_at=at)


def _refused(
    store: Store, pause: Pause, *, by: PersonCode | None, reason: str, now: datetime
) -> Pause:
    entry = PauseRefused(pause=pause.id, reason=reason)
    store.journal.append(pause.site, pause.issue, entry, at=now, by=by)
    return store.pauses.change(
        pause,
        state=PauseState.REFUSED.value,
        decided_by=by,
        decided_at=now,
        decision=reason,
        look_at=None,
    )


def _ended(
    store: Store,
    pause: Pause,
    *,
    at: datetime,
    by: PersonCode | None,
    reason: str | None,
    now: datetime,
) -> Pause:
    assert pause.begins_at is not None
    ends_at = max(at, pause.begins_at)
    seconds = (ends_at - pause.begins_at).total_seconds()
    entry = PauseEnded(pause=pause.id, seconds=seconds, reason=reason)
    store.journal.append(pause.site, pause.issue, entry, at=now, by=by)
    ended = store.pauses.change(
        pause,
        state=PauseState.ENDED.value,
        ends_at=ends_at,
        decision=reason,
        look_at=None,
    )
    arming.rearm(store, store.issues.find(pause.site, pause.issue))
    return ended
