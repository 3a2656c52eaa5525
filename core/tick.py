"""What time alone sets off: asked of stored due times, idempotent, safe to run anywhere twice."""

from dataclasses import dataclass
from datetime import datetime

from core.escalation import service as escalation
from core.monitoring import calls
from core.store.database import Database

#: Issues or calls handled in one unit of work: others may write between two of them.
SLICE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What came about."""

    escalated: int
    missed: int
    #: When the next step of any ladder falls due; None: nothing waits.
    next_at: datetime | None


def tick(database: Database, *, now: datetime) -> Ticked:
    """Call in who is due and give up calls that nobody can answer any more.

    Nothing due costs one look into an index each, however many issues are open.
    """
    with database.read() as store:
        sites = store.issues.sites_with_due(now)
        ringing = calls.ringing_too_long(store, now=now, limit=SLICE)
        next_at = store.issues.next_due_at()
    escalated = 0
    for site in sites:
        looked_at = SLICE
        while looked_at == SLICE:
            with database.begin() as store:
                fired, looked_at = escalation.run(store, site=site, now=now, limit=SLICE)
            escalated += fired
    missed = 0
    for site in sorted({report.site for report in ringing}):
        given_up = SLICE
        while given_up == SLICE:
            with database.begin() as store:
                given_up = calls.give_up(store, site=site, now=now, limit=SLICE)
            missed += given_up
    if sites:
        with database.read() as store:
            next_at = store.issues.next_due_at()
    return Ticked(escalated=escalated, missed=missed, next_at=next_at)
