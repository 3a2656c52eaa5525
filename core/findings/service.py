"""The rules by which cameras find: judged by what operators do, muted, and let speak again."""

import json
from datetime import datetime

from core.errors import Incomplete, NotAllowedNow
from core.facts.device import DeviceCode, EventType, SiteCode
from core.facts.finding import FOUND, CameraRule, Judged
from core.facts.journal import RuleMuted, RuleUnmuted
from core.facts.people import PersonCode
from core.facts.report import Report
from core.findings import policy
from core.store.journal import THE_SITE, Written
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "findings"
_READ = frozenset({"forwarded", "handled", "dismissed"})


def judge(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read what operators did with findings since the last time; return entries read.

    A rule of which they confirmed too little over 30 days is muted, and the journal says so.
    """
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_READ, limit=limit)
    touched: set[tuple[DeviceCode, EventType]] = set()
    for entry in entries:
        said = policy.confirmed(entry.kind, json.loads(entry.body))
        if said is not None:
            for report in _found_by_cameras(store, entry):
                touched.add(_judged(store, report, confirmed=said, at=entry.at))
    for camera, what in sorted(touched):
        _mute_if_poor(store, site, camera, what, now)
    return len(entries)


def rules(store: Store, *, site: SiteCode, now: datetime) -> list[CameraRule]:
    """Return how each rule has fared in the last 30 days, by camera; only those judged or muted."""
    return store.findings.rules(site, since=now - policy.COUNTED)


def unmute(
    store: Store,
    *,
    site: SiteCode,
    camera: DeviceCode,
    what: EventType,
    by: PersonCode,
    reason: str,
    now: datetime,
) -> CameraRule:
    """Let a rule find again; what was judged before does not count against it any more.

    :raises NotAllowedNow: it is not muted. :raises Incomplete: no reason.
    """
    store.journal.lock(site)
    if not reason.strip():
        raise Incomplete("to let a rule find again has a reason")
    rule = store.findings.rule(site, camera, what, since=now - policy.COUNTED)
    if rule.muted_at is None:
        raise NotAllowedNow(f"{what.value} of {camera} is not muted")
    store.findings.unmute(site, camera, what, now=now)
    entry = RuleUnmuted(camera=camera, what=what.value, reason=reason.strip())
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return store.findings.rule(site, camera, what, since=now - policy.COUNTED)


def _found_by_cameras(store: Store, entry: Written) -> list[Report]:
    """Return the reports of cameras that an entry speaks of: the one it names, else the issue's."""
    number = json.loads(entry.body).get("report")
    return [
        report
        for report in store.reports.of_issue(entry.site, entry.issue)
        if report.event_type in FOUND and number in {None, report.number}
    ]


def _judged(
    store: Store, report: Report, *, confirmed: bool, at: datetime
) -> tuple[DeviceCode, EventType]:
    assert report.device is not None
    assert report.event_type is not None
    judged = Judged(
        report=report.number,
        camera=report.device,
        what=report.event_type,
        confirmed=confirmed,
        judged_at=at,
    )
    store.findings.judge(report.site, judged)
    return report.device, report.event_type


def _mute_if_poor(
    store: Store, site: SiteCode, camera: DeviceCode, what: EventType, now: datetime
) -> None:
    rule = store.findings.rule(site, camera, what, since=now - policy.COUNTED)
    if policy.too_poor(rule):
        store.findings.mute(site, camera, what, now=now)
        entry = RuleMuted(
            camera=camera, what=what.value, confirmed=rule.confirmed, rejected=rule.rejected
        )
        store.journal.append(site, THE_SITE, entry, at=now)
