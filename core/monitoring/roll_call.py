"""After a storm each of its events is ticked by somebody: proof that every one was seen (D4)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import Incomplete, NotAllowedNow
from core.facts.device import DeviceCode, SiteCode
from core.facts.journal import Dismissed, RollCalled, StormTicked
from core.facts.people import PersonCode
from core.facts.report import Cause, Report, StormNumber
from core.facts.storm import Storm, Then
from core.store.journal import THE_SITE
from core.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticking:
    """What an operator ticks, and what becomes of it."""

    then: Then
    #: None: all that nobody has ticked yet, which needs a reason.
    devices: frozenset[DeviceCode] | None = None
    cause: Cause | None = None
    reason: str = ""


def tick(
    store: Store,
    *,
    site: SiteCode,
    storm: StormNumber,
    ticking: Ticking,
    by: PersonCode,
    now: datetime,
) -> Storm:
    """Tick events of a storm; their reports stand in the queue by themselves, or are dismissed.

    :raises NotFound: no such storm. :raises NotAllowedNow: nothing of it is left to tick.
    :raises Incomplete: all at once, or a dismissal, without a reason; a dismissal without a cause.
    """
    _check(ticking)
    store.journal.lock(site)
    found = store.storms.find(site, storm)
    events = store.storms.tick(found, by=by, now=now, devices=ticking.devices)
    if not events:
        raise NotAllowedNow(f"nothing of storm {storm} is left to tick there")
    reports = store.folds.folded(site, storm, devices=ticking.devices)
    entry = StormTicked(
        storm=storm,
        events=events,
        reports=len(reports),
        then=ticking.then.value,
        devices=tuple(sorted(ticking.devices)) if ticking.devices is not None else None,
        cause=ticking.cause.value if ticking.cause else None,
        reason=ticking.reason.strip() or None,
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    if reports:
        _let(store, site, reports, ticking, storm=storm, by=by, now=now)
    return store.storms.find(site, storm)


def take_out(store: Store, report: Report, *, by: PersonCode, now: datetime) -> Report:
    """Let somebody who takes a report in hand have ticked it, folded or not: he has seen it.

    It does not stand under a storm or another trouble any more.
    """
    devices = {report.device} if report.device is not None else set[DeviceCode]()
    for storm in store.storms.standing(report.site) if devices else ():
        store.storms.tick(storm, by=by, now=now, devices=devices, report=report.number)
    if report.storm is None and report.under is None:
        return report
    return store.reports.change(report, storm=None, under=None)


def _check(ticking: Ticking) -> None:
    dismissed = ticking.then is Then.DISMISS
    if dismissed and ticking.cause is None:
        raise Incomplete("dismissing needs a cause")
    if (dismissed or ticking.devices is None) and not ticking.reason.strip():
        raise Incomplete("dismissing, or ticking all at once, needs a reason")


def _let(
    store: Store,
    site: SiteCode,
    reports: Sequence[Report],
    ticking: Ticking,
    *,
    storm: StormNumber,
    by: PersonCode,
    now: datetime,
) -> None:
    """Do with reports as was said; where people have told of the same, it is worked on anyway."""
    stays = {report.number for report in reports}
    if ticking.then is Then.DISMISS:
        told = Counter(
            one.issue for one in store.reports.of_issues(site, {one.issue for one in reports})
        )
        stays = {report.number for report in reports if told[report.issue] > 1}
    work = [report for report in reports if report.number in stays]
    called = [(one.issue, RollCalled(report=one.number, storm=storm)) for one in work]
    store.journal.extend(site, called, at=now, by=by)
    store.folds.unfold(site, stays, queued=True)
    gone = [report for report in reports if report.number not in stays]
    store.journal.extend(
        site, [(one.issue, _dismissed(one, ticking)) for one in gone], at=now, by=by
    )
    store.issues.dismiss(site, {one.issue for one in gone}, now=now)
    store.folds.unfold(site, [one.number for one in gone], queued=False)


def _dismissed(report: Report, ticking: Ticking) -> Dismissed:
    assert ticking.cause is not None
    return Dismissed(report=report.number, cause=ticking.cause.value, reason=ticking.reason.strip())
