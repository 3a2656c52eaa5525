"""What a promise and a call-back must say: pure."""

from datetime import datetime

from core.errors import Incomplete, NotAllowedNow, NotReadable
from core.facts.feedback import Told
from core.facts.issue import Issue
from core.facts.promise import CallBack, Promise


def check_made(issue: Issue, *, whom: str, words: str, due_at: datetime, now: datetime) -> str:
    """Return to whom something is promised: as it was said, else whoever told of the problem.

    :raises Incomplete: nobody to whom, or nothing that is promised.
    :raises NotReadable: it would be due already.
    """
    called = whom.strip() or ((issue.caller.name or "") if issue.caller is not None else "")
    if not called:
        raise Incomplete("say to whom it is promised")
    if not words.strip():
        raise Incomplete("say what is promised")
    if due_at <= now:
        raise NotReadable("a promise falls due in the future")
    return called


def check_kept(promise: Promise, kept: CallBack, *, now: datetime) -> None:
    """Refuse a call-back that keeps nothing.

    :raises NotAllowedNow: the promise is kept or withdrawn, or nobody was reached.
    :raises Incomplete: not said who was told, or what.
    :raises NotReadable: told in the future, or before it was promised.
    """
    if not promise.waits:
        raise NotAllowedNow(f"promise {promise.id} is {promise.state}")
    if kept.how is Told.NOT_REACHED:
        raise NotAllowedNow("nobody was reached: that keeps no promise")
    if not kept.whom.strip() or not kept.words.strip():
        raise Incomplete("a call-back says who was told, and what")
    if not promise.made_at <= kept.told_at <= now:
        raise NotReadable("a call-back is after the promise, and not in the future")


def check_changed(promise: Promise, *, reason: str, now: datetime) -> None:
    """Refuse to change what has come to its end; what fell due is broken and stays so.

    :raises NotAllowedNow: it is kept, withdrawn, or has fallen due.
    :raises Incomplete: no reason is given.
    """
    if not promise.waits or promise.broken_at is not None:
        raise NotAllowedNow(f"promise {promise.id} is {promise.state}")
    if promise.due_at <= now:
        raise NotAllowedNow(f"promise {promise.id} has fallen due")
    if not reason.strip():
        raise Incomplete("say why the promise is changed")


def check_moved(promise: Promise, *, due_at: datetime, now: datetime) -> None:
    """Refuse a time that is none.

    :raises NotReadable: it has passed, or is the time that was promised.
    """
    if due_at <= now:
        raise NotReadable("a promise falls due in the future")
    if due_at == promise.due_at:
        raise NotReadable("that is the time that was promised")


def came(promise: Promise, issue: Issue) -> bool:
    """Whether somebody came as was said when he was sent: it was handled by then."""
    return not promise.words and issue.handled_at is not None and issue.handled_at <= promise.due_at
