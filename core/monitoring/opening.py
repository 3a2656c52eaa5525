"""Opening reports in bulk: report, issue and the first entry of its journal, in few statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.facts import moment
from core.facts.device import DeviceEvent, SiteCode
from core.facts.issue import Issue, IssueNumber, Status
from core.facts.journal import Opened
from core.facts.place import PlaceCode
from core.facts.report import Report, ReportNumber, StormNumber
from core.facts.rules import Rules
from core.monitoring import policy, storm_policy
from core.monitoring.plan import Subject
from core.monitoring.policy import Opening
from core.store.journal import Beginning
from core.store.store import Store


def open_reports(
    store: Store,
    site: SiteCode,
    openings: Mapping[Subject, tuple[DeviceEvent, Opening]],
    *,
    now: datetime,
    storm: StormNumber | None = None,
) -> dict[Subject, Report]:
    """Open one report and one issue for each; return the reports by what they are known by.

    :param storm: the storm that goes on; life safety and calls never stand under it.
    """
    if not openings:
        return {}
    places = _places(store, site, [event for event, _ in openings.values()])
    zone = store.sites.zone(site)
    issue_numbers = store.issues.numbers(site, len(openings))
    report_numbers = store.reports.numbers(site, len(openings))
    issues: list[Issue] = []
    reports: dict[Subject, Report] = {}
    beginnings: list[Beginning] = []
    for (subject, (event, opening)), place, issue_number, report_number in zip(
        openings.items(), places, issue_numbers, report_numbers, strict=True
    ):
        # A device's clock may run ahead; what has not happened yet cannot have been told.
        told_at = min(event.occurred_at, now)
        issue = _issue(
            IssueNumber(issue_number),
            site=site,
            opening=opening,
            place=place,
            told_at=told_at,
            zone=zone,
            rules=store.rules_of(site),
        )
        report = _report(ReportNumber(report_number), issue, event, opening, now=now, storm=storm)
        issues.append(issue)
        reports[subject] = report
        beginnings.append(
            Beginning(issue=issue.number, at=now, by=None, entries=(_opened(report, issue),))
        )
    store.issues.add(issues, store.journal.begin(site, beginnings))
    store.reports.add(list(reports.values()))
    return reports


def _places(store: Store, site: SiteCode, events: Sequence[DeviceEvent]) -> list[PlaceCode | None]:
    """Return, for each event in turn, where it says it happened, else where its device hangs.

    One fire-phone host stands in the control room; its handsets hang all over the site.
    """
    hang = store.sites.places_of(site, {event.source.device for event in events})
    said = [event.data.get("place") for event in events]
    known = store.sites.known_places(site, {str(place) for place in said if place is not None})
    return [
        PlaceCode(str(place)) if str(place) in known else hang.get(event.source.device)
        for event, place in zip(events, said, strict=True)
    ]


def _issue(
    number: IssueNumber,
    *,
    site: SiteCode,
    opening: Opening,
    place: PlaceCode | None,
    told_at: datetime,
    zone: ZoneInfo,
    rules: Rules,
) -> Issue:
    return Issue(
        site=site,
        number=number,
        status=Status.REPORTED,
        urgency=opening.urgency,
        category=None,
        place=place,
        words="",
        reported_at=told_at,
        reported_on=told_at.astimezone(zone).date(),
        owner=None,
        to_be_identified=False,
        caller=None,
        forwarded_at=None,
        accepted_at=None,
        assigned_to=None,
        promised_at=None,
        handled_at=None,
        handled_how=None,
        closed_at=None,
        outcome=None,
        reopened=0,
        next_due_at=rules.arm(opening.urgency, Status.REPORTED, told_at, zone, (), ()),
        version=0,
    )


def _report(
    number: ReportNumber,
    issue: Issue,
    event: DeviceEvent,
    opening: Opening,
    *,
    now: datetime,
    storm: StormNumber | None,
) -> Report:
    return Report(
        site=issue.site,
        number=number,
        issue=issue.number,
        channel=opening.channel,
        cls=opening.cls,
        priority=opening.priority,
        queued=True,
        event_type=event.type,
        device=event.source.device,
        subject=event.subject,
        place=issue.place,
        told_at=issue.reported_at,
        received_at=now,
        times_told=1,
        late=event.late,
        call_key=policy.call_key(event),
        call_state=opening.call_state,
        answered_at=None,
        ended_at=None,
        words="",
        shown_at=None,
        completed_at=None,
        returned=None,
        claim=None,
        version=0,
        storm=storm if opening.cls in storm_policy.FOLDED else None,
    )


def _opened(report: Report, issue: Issue) -> Opened:
    assert report.event_type is not None
    assert report.device is not None
    return Opened(
        report=report.number,
        channel=report.channel.value,
        urgency=issue.urgency.value,
        event=report.event_type.value,
        device=report.device,
        subject=report.subject,
        told_at=moment.text(report.told_at),
        place=issue.place,
        late=report.late or None,
    )
