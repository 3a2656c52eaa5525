"""What time alone sets off: asked of stored due times, idempotent, safe to run anywhere twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.alerting import copies
from core.alerting import service as alerting
from core.errors import NoPictures
from core.escalation import pausing, returning
from core.escalation import service as escalation
from core.evidence import asking, keeping
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.findings import service as findings
from core.followup import service as followup
from core.monitoring import calls, correlating, holding, leaving, presence, storming, tests_over
from core.outbox import service as outbox
from core.promises import service as promises
from core.repeats import grouping
from core.repeats import service as repeats
from core.scoring import proposing
from core.statistics import service as statistics
from core.store.database import Database
from core.training import service as training
from core.verification import service as verification

#: Issues or calls handled in one unit of work: others may write between two of them.
SLICE = 500
#: Steps of ladders are fired in a few statements however many they are: in larger slices.
AT_ONCE = 5_000
#: Statistics read so many entries in one: what a round costs by itself is shared by more of them.
READ = 2_000
#: What could not be deleted because the store of pictures fails is tried again after so long.
AGAIN = timedelta(minutes=10)

#: The stages that read the journal behind a cursor, in the order in which they are asked.
_FOLLOWERS = {
    asking.STAGE: asking.ask,
    verification.STAGE: verification.ask,
    alerting.STAGE: alerting.follow,
    copies.STAGE: copies.follow,
    followup.STAGE: followup.follow,
    training.STAGE: training.follow,
    returning.STAGE: returning.follow,
    statistics.STAGE: statistics.read,
    findings.STAGE: findings.judge,
    grouping.STAGE: grouping.follow,
    correlating.STAGE: correlating.follow,
    repeats.STAGE: repeats.follow,
    proposing.STAGE: proposing.follow,
    outbox.STAGE: outbox.follow,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What came about."""

    escalated: int
    missed: int
    #: Entries that the stages behind the journal have read, and pictures given up or deleted.
    followed: int
    #: When the next step of any ladder falls due; None: nothing waits.
    next_at: datetime | None


def tick(database: Database, *, now: datetime, follow: bool = True) -> Ticked:
    """Call in who is due, give up calls that nobody can answer any more, and let stages follow.

    Nothing due costs one look into an index each, however many issues are open.

    :param follow: False: only what may not wait, people to be called in and calls to be given up.
    """
    with database.read() as store:
        sites = store.issues.sites_with_due(now)
        ringing = calls.ringing_too_long(store, now=now, limit=SLICE)
        next_at = store.issues.next_due_at()
    escalated = 0
    for site in sites:
        looked_at = AT_ONCE
        while looked_at == AT_ONCE:
            with database.begin() as store:
                fired, looked_at = escalation.run(store, site=site, now=now, limit=AT_ONCE)
            escalated += fired
    missed = 0
    for site in sorted({report.site for report in ringing}):
        given_up = SLICE
        while given_up == SLICE:
            with database.begin() as store:
                given_up = calls.give_up(store, site=site, now=now, limit=SLICE)
            missed += given_up
    followed = _rest(database, now=now) if follow else 0
    if sites:
        with database.read() as store:
            next_at = store.issues.next_due_at()
    return Ticked(escalated=escalated, missed=missed, followed=followed, next_at=next_at)


def _rest(database: Database, *, now: datetime) -> int:
    """Do all that the next second may do as well."""
    followed = _pass_over(database, now=now) + _follow(database, now=now)
    followed += _expire(database, now=now) + _ask(database, now=now)
    return followed + _weigh(database, now=now)


def _follow(database: Database, *, now: datetime) -> int:
    """Let the stages read what the others have written into the journal."""
    with database.read() as store:
        behind = store.cursors.behind(_FOLLOWERS)
    followed = 0
    for site, stage in behind:
        limit = READ if stage == statistics.STAGE else SLICE
        read = limit
        while read == limit:
            with database.begin() as store:
                read = _FOLLOWERS[stage](store, site=site, now=now, limit=limit)
            followed += read
    return followed


def _pass_over(database: Database, *, now: datetime) -> int:
    """Go on where time is up: claims, alerts, copies, cards, promises, pauses, issues left."""
    with database.read() as store:
        due = (
            (leaving.run_out, store.handovers.sites_with_due(now)),
            (holding.run_out, store.holds.sites_with_due(now)),
            (presence.look, store.seats.sites_to_look_at(now)),
            (tests_over.run_out, store.on_tests.sites_with_due(now)),
            (correlating.let_go, store.causes.sites_with_due(now)),
            (storming.leave, store.storms.sites_with_due(now)),
            (alerting.pass_over, store.alerts.sites_with_due(now)),
            (copies.overdue, store.copies.sites_with_due(now)),
            (followup.end_days, store.followups.sites_with_ended(now)),
            (promises.fall_due, store.promises.sites_with_due(now)),
            (pausing.expire, store.pauses.sites_to_look_at(now)),
            (returning.come_back, store.returns.sites_with_due(now)),
        )
    passed = 0
    for go_on, sites in due:
        for site in sites:
            some = SLICE
            while some == SLICE:
                with database.begin() as store:
                    some = go_on(store, site=site, now=now, limit=SLICE)
                passed += some
    return passed


def _ask(database: Database, *, now: datetime) -> int:
    """Ask how open issues stand, at each site at its hour (五.1(3)①)."""
    with database.read() as store:
        sites = store.followups.sites_to_ask(now)
    return sum(_ask_at(database, site, now=now) for site in sites)


def _ask_at(database: Database, site: SiteCode, *, now: datetime) -> int:
    cards, upto, more = 0, IssueNumber(0), True
    while more:
        with database.begin() as store:
            done = followup.ask(store, site=site, now=now, limit=SLICE, after=upto)
        cards, upto, more = cards + done.cards, done.upto, done.more
    return cards


def _weigh(database: Database, *, now: datetime) -> int:
    """Let the rules of reward and punishment weigh each month that has ended (五.2)."""
    with database.read() as store:
        sites = store.merit_rules.sites_to_weigh(now)
    proposed = 0
    while sites:
        for site in sites:
            with database.begin() as store:
                proposed += proposing.weigh(store, site=site, now=now)
        with database.read() as store:
            sites = store.merit_rules.sites_to_weigh(now)
    return proposed


def _expire(database: Database, *, now: datetime) -> int:
    """Give up pictures that never came, and delete those that were kept long enough."""
    with database.read() as store:
        sites = store.pictures.sites_to_look_at(now)
    looked_at = 0
    for site in sites:
        some = SLICE
        while some == SLICE:
            try:
                with database.begin() as store:
                    some = keeping.expire(store, site=site, now=now, limit=SLICE)
            except NoPictures:
                with database.begin() as store:
                    store.journal.lock(site)
                    store.pictures.put_off(site, now, until=now + AGAIN)
                some = 0
            looked_at += some
    return looked_at
