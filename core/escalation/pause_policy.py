"""What a pause may be (E6): pure. Life safety knows none; all pauses of an issue have a limit."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.errors import Incomplete, NotAllowedNow, NotPermitted, NotReadable
from core.facts.issue import UNHANDLED, Issue, Urgency
from core.facts.pause import Pause, PauseState, times, total
from core.facts.people import PersonCode


def check_asking(
    issue: Issue,
    known: Sequence[Pause],
    *,
    until: datetime,
    reason: str,
    limit: timedelta,
    now: datetime,
) -> None:
    """Refuse an ask that nobody could grant.

    :raises Incomplete: no reason. :raises NotReadable: its end is not ahead.
    :raises NotAllowedNow: handled, life safety, asked already, or nothing is left of the limit.
    """
    if not reason.strip():
        raise Incomplete("a pause needs a reason")
    if until <= now:
        raise NotReadable("a pause ends in the future")
    if issue.status not in UNHANDLED:
        raise NotAllowedNow(f"the ladder stands still already: {issue.status}")
    if issue.urgency is Urgency.LIFE_SAFETY:
        raise NotAllowedNow("life safety is never paused")
    if any(one.state is PauseState.ASKED for one in known):
        raise NotAllowedNow("a pause is asked for already and nobody has decided")
    if ends_at(known, until=until, limit=limit, now=now) <= now:
        raise NotAllowedNow(f"all pauses of an issue together last {limit} at most")


def check_deciding(pause: Pause, issue: Issue, *, by: PersonCode) -> None:
    """Refuse a decision that is not his to make or comes too late.

    :raises NotPermitted: who asked does not grant. :raises NotAllowedNow: decided, or handled.
    """
    if pause.state is not PauseState.ASKED:
        raise NotAllowedNow(f"the pause is {pause.state} already")
    if pause.asked_by == by:
        raise NotPermitted("who asked for a pause does not decide about it")
    if issue.status not in UNHANDLED or issue.urgency is Urgency.LIFE_SAFETY:
        raise NotAllowedNow("there is nothing to pause any more")


def ends_at(
    known: Sequence[Pause], *, until: datetime, limit: timedelta, now: datetime
) -> datetime:
    """Return when a pause granted now ends by itself: at its end, or when the limit is used up.

    Time that an earlier pause covers anyway is not counted twice.
    """
    paused = times(known)
    free_from = max([now, *(one.ends_at for one in paused)])
    left = max(limit - total(paused), timedelta(0))
    return min(until, free_from + left)
