"""A power cut folds what it silences under one row; what stays silent is back afterwards (D5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from core.facts.cause import Trouble
from core.facts.device import SiteCode
from core.facts.issue import Status
from core.facts.journal import PutUnder, StandsAlone
from core.facts.report import Report, ReportNumber
from core.monitoring import cause_policy
from core.monitoring.cause_policy import Parents
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "correlation"
_ENDS = frozenset({"cleared", "dismissed", "handled", "closed", "merged"})


def explain(store: Store, site: SiteCode, opened: Iterable[Report], *, now: datetime) -> None:
    """Put new silences under the trouble above them, and under a new trouble what it silenced."""
    new = [report for report in opened if report.event_type in cause_policy.CAUSES]
    if not new:
        return
    parents = store.sites.parents(site)
    if not parents:
        return
    devices = {report.device for report in new if report.device is not None}
    near = {one for device in devices for one in cause_policy.above(device, parents)}
    near |= {one for device in devices for one in cause_policy.below(device, parents)}
    if not near:
        return
    standing = [
        report
        for report in store.reports.standing(site, near | devices)
        if report.event_type in cause_policy.CAUSES
    ]
    _fold(store, site, standing, parents, now=now)


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read which troubles are over; what they explained has a while to come back by itself.

    Return entries read.
    """
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_ENDS, limit=limit)
    ended = {entry.issue for entry in entries}
    if ended and (over := store.causes.of_issues(site, ended)):
        rule = store.rules_of(site).policy.correlation
        back_at = now + rule.back_after * store.speed
        store.causes.over(site, {trouble.report for trouble in over}, back_at=back_at)
    return len(entries)


def let_go(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Let what is still silent stand by itself; return how many troubles were looked at."""
    store.journal.lock(site)
    due = store.causes.due(site, now, limit=limit)
    for trouble in due:
        left = store.folds.under(site, trouble.report)
        store.journal.extend(
            site,
            [(one.issue, StandsAlone(report=one.number, cause=trouble.report)) for one in left],
            at=now,
        )
        store.causes.release(site, trouble.report)
    return len(due)


def _fold(
    store: Store, site: SiteCode, standing: Sequence[Report], parents: Parents, *, now: datetime
) -> None:
    issues = store.issues.several(site, {report.issue for report in standing})
    within = store.rules_of(site).policy.correlation.within * store.speed
    under: dict[ReportNumber, list[Report]] = {}
    causes: dict[ReportNumber, Report] = {}
    for report in standing:
        if report.under is not None or not _untouched(report, now=now):
            continue
        others = [one for one in standing if one.number != report.number]
        cause = cause_policy.cause_of(report, others, parents)
        if cause is None or cause.received_at - report.received_at > within:
            continue
        if issues[report.issue].status is Status.REPORTED:
            causes[cause.number] = cause
            under.setdefault(cause.number, []).append(report)
    for number, reports in under.items():
        cause = causes[number]
        assert cause.device is not None
        entry_of = [
            (one.issue, PutUnder(report=one.number, cause=number, device=cause.device))
            for one in reports
        ]
        store.journal.extend(site, entry_of, at=now)
        trouble = Trouble(report=number, issue=cause.issue)
        store.causes.stand(site, trouble, [one.number for one in reports])


def _untouched(report: Report, *, now: datetime) -> bool:
    """Whether nobody has it in hand; whoever works on one silence is left to it."""
    return report.holder(now) is None and report.parked is None and report.completed_at is None
