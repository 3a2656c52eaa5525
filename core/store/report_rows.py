"""A report as a row of its table, and back."""

from collections.abc import Mapping
from typing import Any

from core.facts.device import CallKey, DeviceCode, EventType, SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.facts.report import (
    Back,
    BackWhy,
    CallState,
    Channel,
    Claim,
    Offer,
    Parked,
    Report,
    ReportClass,
    ReportNumber,
    SentBack,
    StormNumber,
)


def row_of(report: Report) -> dict[str, Any]:
    """Return the row of a new report."""
    return {
        "site": report.site,
        "number": report.number,
        "issue": report.issue,
        "channel": report.channel.value,
        "cls": report.cls.value,
        "priority": report.priority,
        "queued": report.queued,
        "event_type": report.event_type.value if report.event_type else None,
        "device": report.device,
        "subject": report.subject,
        "place": report.place,
        "told_at": report.told_at,
        "received_at": report.received_at,
        "times_told": report.times_told,
        "late": report.late,
        "call_key": report.call_key,
        "call_state": report.call_state.value if report.call_state else None,
        "answered_at": report.answered_at,
        "ended_at": report.ended_at,
        "words": report.words,
        "shown_at": report.shown_at,
        "completed_at": report.completed_at,
        "version": report.version,
        "storm": report.storm,
        "under": report.under,
        **hold_of(report),
    }


def hold_of(report: Report) -> dict[str, Any]:
    """Return the columns that say who has a report, and when that is to be looked at."""
    claim, parked, back, offer = report.claim, report.parked, report.back, report.offer
    ends = [one.until for one in (claim, parked, offer) if one is not None]
    return {
        "claimed_by": claim.by if claim else None,
        "claimed_until": claim.until if claim else None,
        "parked_until": parked.until if parked else None,
        "parked_by": parked.by if parked else None,
        "parked_reason": parked.reason if parked else None,
        "parks": report.parks,
        "back_why": back.why.value if back else None,
        "back_by": back.by if back else None,
        "back_at": back.at if back else None,
        "offered_to": offer.to if offer else None,
        "offered_by": offer.by if offer else None,
        "offered_until": offer.until if offer else None,
        "look_at": min(ends, default=None),
    }


def report_of(row: Mapping[Any, Any]) -> Report:
    """Return the report that stands in a row of its table."""
    return Report(
        site=SiteCode(row["site"]),
        number=ReportNumber(row["number"]),
        issue=IssueNumber(row["issue"]),
        channel=Channel(row["channel"]),
        cls=ReportClass(row["cls"]),
        priority=row["priority"],
        queued=row["queued"],
        event_type=EventType(row["event_type"]) if row["event_type"] else None,
        device=DeviceCode(row["device"]) if row["device"] is not None else None,
        subject=row["subject"],
        place=PlaceCode(row["place"]) if row["place"] is not None else None,
        told_at=row["told_at"],
        received_at=row["received_at"],
        times_told=row["times_told"],
        late=row["late"],
        call_key=CallKey(row["call_key"]) if row["call_key"] is not None else None,
        call_state=CallState(row["call_state"]) if row["call_state"] else None,
        answered_at=row["answered_at"],
        ended_at=row["ended_at"],
        words=row["words"],
        shown_at=row["shown_at"],
        completed_at=row["completed_at"],
        returned=_returned(row),
        claim=_claim(row),
        version=row["version"],
        parked=_parked(row),
        parks=row["parks"],
        back=_back(row),
        offer=_offer(row),
        storm=StormNumber(row["storm"]) if row["storm"] is not None else None,
        under=ReportNumber(row["under"]) if row["under"] is not None else None,
    )


def _returned(row: Mapping[Any, Any]) -> SentBack | None:
    at = row["returned_at"]
    return SentBack(reason=row["returned_reason"], by=row["returned_by"], at=at) if at else None


def _claim(row: Mapping[Any, Any]) -> Claim | None:
    by = row["claimed_by"]
    return Claim(by=PersonCode(by), until=row["claimed_until"]) if by else None


def _parked(row: Mapping[Any, Any]) -> Parked | None:
    until = row["parked_until"]
    if not until:
        return None
    return Parked(until=until, by=PersonCode(row["parked_by"]), reason=row["parked_reason"])


def _back(row: Mapping[Any, Any]) -> Back | None:
    at = row["back_at"]
    if not at:
        return None
    return Back(why=BackWhy(row["back_why"]), by=PersonCode(row["back_by"]), at=at)


def _offer(row: Mapping[Any, Any]) -> Offer | None:
    until = row["offered_until"]
    if not until:
        return None
    return Offer(to=PersonCode(row["offered_to"]), by=PersonCode(row["offered_by"]), until=until)
