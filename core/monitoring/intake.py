"""Device events come in: each is logged once, and opens a report, moves a call, or does nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from core.facts.device import DeviceCode, DeviceEvent, SiteCode
from core.facts.finding import FOUND
from core.facts.issue import Status
from core.facts.journal import CallMoved, Cleared, Dismissed
from core.facts.lifecycle import after
from core.facts.report import CallState, Cause, Report, ReportClass
from core.monitoring import correlating, on_test, policy, storming
from core.monitoring.holding import FREE
from core.monitoring.opening import open_reports
from core.monitoring.plan import Plan, Subject, Told, known_by, plan
from core.store.store import Store

#: No device is on two tests at a time; what is left over ends at the next look.
_TESTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a batch."""

    stored: int
    #: Told before; nothing changed.
    absorbed: int
    opened: int


def receive(store: Store, events: Sequence[DeviceEvent], *, now: datetime) -> Received:
    """Log events and let each have its effect once, however often it is told.

    All of one batch is one unit of work: after its commit the events are safe.
    """
    by_site: dict[SiteCode, list[DeviceEvent]] = {}
    for event in events:
        by_site.setdefault(event.source.site, []).append(event)
    stored = opened = 0
    for site, told in by_site.items():
        store.journal.lock(site)
        opened += _ended(store, site, now=now)
        tests = store.on_tests.running(site, now)
        under = partial(on_test.under, tests)
        new = store.device_events.add(told, now=now, on_test=under)
        stored += len(new)
        quiet = {(one.source, one.event_id) for one in new if tests and under(one) is not None}
        opened += take_effect(store, site, new, now=now, quiet=quiet)
    return Received(stored=stored, absorbed=len(events) - stored, opened=opened)


def _ended(store: Store, site: SiteCode, *, now: datetime) -> int:
    """Let tests end whose time is up, before anything is heard that comes after them."""
    return sum(
        take_effect(store, site, on_test.close(store, test, by=None, now=now), now=now)
        for test in store.on_tests.due(site, now, limit=_TESTS)
    )


def take_effect(
    store: Store,
    site: SiteCode,
    events: Sequence[DeviceEvent],
    *,
    now: datetime,
    quiet: Collection[Told] = frozenset(),
) -> int:
    """Open, fold, move and clear, in the order in which things were told; return what opened.

    :param quiet: which of them come from devices on test: they open nothing.
    """
    events = _unmuted(store, site, events)
    pulse = store.storms.pulse(site)
    known = _known(store, site, events)
    todo: Plan = plan(events, known=frozenset(known), on_test=quiet)
    opened = open_reports(store, site, todo.openings, now=now, storm=pulse.storm)
    reports = {**known, **opened}
    for subject, times in todo.told_again.items():
        report = reports[subject]
        reports[subject] = store.reports.change(report, times_told=report.times_told + times)
    for subject, event in todo.news:
        reports[subject] = _tell(store, reports[subject], event, now=now)
    told = [event for event in events if (event.source, event.event_id) not in quiet]
    correlating.explain(store, site, opened.values(), now=now)
    storming.heard(store, site, pulse, told, reports, now=now)
    return len(opened)


def _unmuted(store: Store, site: SiteCode, events: Sequence[DeviceEvent]) -> list[DeviceEvent]:
    """Leave out what a muted rule of a camera found: it stays in the log and opens nothing."""
    if not any(event.type in FOUND for event in events):
        return list(events)
    muted = store.findings.muted(site)
    return [event for event in events if (event.source.device, event.type) not in muted]


def _known(store: Store, site: SiteCode, events: Sequence[DeviceEvent]) -> Mapping[Subject, Report]:
    """Return the reports that these events may speak of, by what they are known by."""
    calls = {key for event in events if (key := policy.call_key(event)) is not None}
    devices: set[DeviceCode] = {
        event.source.device
        for event in events
        if event.type in policy.CLEARS
        or (event.type in policy.OPENS and not policy.opens_by_itself(event))
    }
    known: dict[Subject, Report] = {}
    if calls:
        for key, report in store.reports.by_call(site, calls).items():
            known["call", key] = report
    if devices:
        for report in store.reports.standing(site, devices):
            known[known_by(report)] = report
    return known


def _tell(store: Store, report: Report, event: DeviceEvent, *, now: datetime) -> Report:
    """Let later news move the report it speaks of."""
    to = policy.MOVES.get(event.type)
    if to is not None:
        return move_call(store, report, to, at=event.occurred_at, now=now)
    return _clear(store, report, event, now=now)


def move_call(
    store: Store,
    report: Report,
    to: CallState,
    *,
    at: datetime,
    now: datetime,
    by_time: bool = False,
) -> Report:
    """Move a report's call to another state, if that is news."""
    ended = to in {CallState.ENDED, CallState.MISSED} and report.ended_at is None
    state = policy.moved(report.call_state, to)
    if state is None:
        return store.reports.change(report, ended_at=at) if ended else report
    values: dict[str, object] = {"call_state": state.value}
    if state is CallState.ANSWERED:
        values["answered_at"] = at
    if ended:
        values["ended_at"] = at
    if state is CallState.MISSED and report.cls is ReportClass.CALL:
        values["priority"] = policy.MISSED
    store.journal.append(
        report.site,
        report.issue,
        CallMoved(report=report.number, state=state.value, by_time=by_time or None),
        at=now,
    )
    return store.reports.change(report, **values)


def _clear(store: Store, report: Report, event: DeviceEvent, *, now: datetime) -> Report:
    """Note that the device took it back; a fault nobody has touched leaves the queue so."""
    cleared = Cleared(report=report.number, event=event.type.value)
    issue = store.issues.find(report.site, report.issue)
    by_itself = (
        report.cls is ReportClass.FAULT
        and issue.status is Status.REPORTED
        and report.holder(now) is None
        and report.completed_at is None
    )
    if not by_itself:
        store.journal.append(report.site, report.issue, cleared, at=now)
        return report
    gone = Dismissed(
        report=report.number, cause=Cause.CLEARED.value, reason=f"{event.type.value} was told"
    )
    status = after(issue.status, Dismissed)
    store.journal.append(report.site, report.issue, cleared, gone, at=now)
    store.issues.change(issue, status=status.value, closed_at=now, next_due_at=None)
    return store.reports.change(report, queued=False, **FREE)
