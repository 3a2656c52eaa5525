"""A storm begins with the events that make it one, and ends when it has long been calm (D4).

Folding is for the eye: each event still opens, moves or tells again its own report and issue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.facts import moment
from core.facts.device import DeviceEvent, SiteCode
from core.facts.journal import StormBegan, StormEnded
from core.facts.report import Report
from core.facts.storm import Pulse, Rolled, RollNumber, Storm
from core.monitoring import storm_policy
from core.monitoring.plan import Subject, known_by, spoken_of
from core.store.journal import THE_SITE
from core.store.store import Store

#: A minute by the site's clock; a demonstration's runs faster than the eye.
MINUTE = timedelta(minutes=1)


def heard(
    store: Store,
    site: SiteCode,
    pulse: Pulse,
    events: Sequence[DeviceEvent],
    reports: Mapping[Subject, Report],
    *,
    now: datetime,
) -> None:
    """Count events that have had their effect; let a storm begin or go on.

    :param reports: all that these events speak of, by what they are known by.
    """
    told = [event for event in events if storm_policy.counts(event)]
    rule = store.rules_of(site).policy.storm
    if not told or not (rule.over or pulse.storm):
        return
    minute = MINUTE * store.speed
    pulse = storm_policy.beat(pulse, len(told), minute=minute, now=now)
    brought = storm_policy.rate(pulse)
    if pulse.storm is not None:
        storm = store.storms.find(site, pulse.storm)
        _go_on(store, storm, told, reports, brought=brought, now=now)
    elif rule.over and brought > rule.over:
        pulse = replace(pulse, storm=_begin(store, site, brought=brought, now=now).number)
    store.storms.write_pulse(site, pulse)


def leave(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """End what has been calm for long enough; return how many storms."""
    store.journal.lock(site)
    due = store.storms.due(site, now, limit=limit)
    for storm in due:
        ended = store.storms.change(storm, ended_at=now)
        parts = store.storms.parts(site, [storm.number])[storm.number]
        folded = sum(part.folded for part in parts)
        entry = StormEnded(
            storm=ended.number,
            since_at=moment.text(ended.since),
            events=ended.events,
            devices=len({part.device for part in parts}),
            folded=folded,
            single=ended.events - folded,
            peak=ended.peak,
        )
        store.journal.append(site, THE_SITE, entry, at=now)
        store.storms.write_pulse(site, replace(store.storms.pulse(site), storm=None))
    return len(due)


def _begin(store: Store, site: SiteCode, *, brought: int, now: datetime) -> Storm:
    """Open a storm, and put into it what the last minute brought."""
    rule = store.rules_of(site).policy.storm
    since = now - MINUTE * store.speed
    storm = store.storms.begin(
        site, since=since, now=now, due_at=now + rule.calm_for * store.speed, peak=brought
    )
    entry = StormBegan(
        storm=storm.number, since_at=moment.text(since), events=brought, limit=rule.over
    )
    store.journal.append(site, THE_SITE, entry, at=now)
    lately = store.device_events.since(site, since)
    events = [one for one in lately if storm_policy.counts(one.event)]
    reports = {known_by(report): report for report in store.reports.received_since(site, since)}
    for report in store.reports.standing(site, {one.event.source.device for one in events}):
        reports.setdefault(known_by(report), report)
    calls = {key for one in events if (key := one.event.call) is not None}
    for report in store.reports.by_call(site, calls).values():
        reports.setdefault(known_by(report), report)
    lines = [
        _line(storm, one.event, reports, number=number, received_at=one.received_at)
        for number, one in enumerate(events, start=1)
    ]
    told = {line.report for line in lines if line.report is not None}
    # Only what has a line: nothing may be folded that nobody could tick.
    folded = store.folds.fold(storm, told, since=since, now=now, classes=storm_policy.FOLDED)
    store.storms.enrol(storm, [replace(line, folded=line.report in folded) for line in lines])
    return store.storms.change(storm, events=len(lines))


def _go_on(
    store: Store,
    storm: Storm,
    told: Sequence[DeviceEvent],
    reports: Mapping[Subject, Report],
    *,
    brought: int,
    now: datetime,
) -> None:
    rule = store.rules_of(storm.site).policy.storm
    store.storms.enrol(
        storm,
        [
            _line(storm, event, reports, number=number, received_at=now)
            for number, event in enumerate(told, start=storm.events + 1)
        ],
    )
    loud = brought > rule.calm
    store.storms.change(
        storm,
        events=storm.events + len(told),
        peak=max(storm.peak, brought),
        due_at=now + rule.calm_for * store.speed if loud else storm.due_at,
    )


def _line(
    storm: Storm,
    event: DeviceEvent,
    reports: Mapping[Subject, Report],
    *,
    number: int,
    received_at: datetime,
) -> Rolled:
    found = (reports[subject] for subject in spoken_of(event) if subject in reports)
    report = next(found, None)
    return Rolled(
        number=RollNumber(number),
        device=event.source.device,
        event_type=event.type,
        occurred_at=event.occurred_at,
        received_at=received_at,
        report=report.number if report is not None else None,
        folded=report is not None and report.storm == storm.number,
    )
