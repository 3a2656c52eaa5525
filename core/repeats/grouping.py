"""Alarms of one flat within a few minutes are one incident, with the rule named (D2)."""

from collections.abc import Sequence
from datetime import datetime

from core.facts.device import SiteCode
from core.facts.issue import Issue, Status, Urgency
from core.facts.place import PlaceCode
from core.facts.report import Report, ReportClass
from core.repeats import merging
from core.repeats.grouping_policy import first_of, ripe
from core.store.journal import Written
from core.store.store import Store

#: The name of this stage's cursor, and of the rule by which issues are merged here.
STAGE = "grouping"
RULE = "grouped"
#: As they stand in the body of an entry: nearly all others are passed over unread.
_ALARMS = ('"event":"alarm.', '"event":"tamper.', '"event":"door.', '"event":"scene.')


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read what was opened since the last time, and join alarms of one flat; return entries read.

    In a storm nothing is joined: there it is folded, and each event is ticked by itself.
    """
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds={"opened"}, limit=limit)
    rule = store.rules_of(site).policy.grouping
    told = {entry.issue for entry in entries if _is_alarm(entry)}
    if not told or not rule.alarms or store.storms.pulse(site).storm is not None:
        return len(entries)
    since = now - rule.within * store.speed
    lately = [one for one in store.reports.received_since(site, since) if _may_join(one)]
    at = _by_place(lately)
    fresh = {report.place for report in lately if report.issue in told}
    flats = {place for place in ripe(at, alarms=rule.alarms) if place in fresh}
    for place in sorted(store.sites.leaves(site, flats)):
        _join(store, site, at[place], seconds=int(rule.within.total_seconds()), now=now)
    return len(entries)


def _join(
    store: Store, site: SiteCode, reports: Sequence[Report], *, seconds: int, now: datetime
) -> None:
    """Let the issues of these reports go on in the first of them, as far as nobody has any."""
    issues = store.issues.several(site, {report.issue for report in reports})
    parted = store.mergers.ever_parted(site, issues)
    held = {one.issue for one in reports if one.holder(now) or one.completed_at or one.parked}
    open_ = [one for one in issues.values() if _open(one) and one.number not in parted]
    if len(open_) < 2:
        return
    stays = first_of(open_, held=held)
    reason = f"{len(reports)} alarms at one place within {seconds} s"
    for issue in sorted(open_, key=lambda one: one.number):
        if issue.number != stays.number and issue.number not in held:
            merging.merge(
                store,
                site=site,
                issue=issue.number,
                into=stays.number,
                by=None,
                reason=reason,
                now=now,
                rule=RULE,
            )


def _by_place(reports: Sequence[Report]) -> dict[PlaceCode, list[Report]]:
    at: dict[PlaceCode, list[Report]] = {}
    for report in reports:
        if report.place is not None:
            at.setdefault(report.place, []).append(report)
    return at


def _is_alarm(entry: Written) -> bool:
    return any(kind in entry.body for kind in _ALARMS)


def _may_join(report: Report) -> bool:
    return report.cls is ReportClass.ALARM and report.storm is None


def _open(issue: Issue) -> bool:
    return issue.status is Status.REPORTED and issue.urgency is not Urgency.LIFE_SAFETY
