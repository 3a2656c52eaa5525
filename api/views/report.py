"""One report as the API answers it, from everything that was fetched for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.schemas.caller import CallerOut, RelayOut
from api.schemas.picture import PictureOut
from api.schemas.report import (
    AgeLimits,
    BackOut,
    CallOut,
    Claim,
    Hint,
    OfferOut,
    ParkedOut,
    ReportOut,
    Returned,
    ToldBeforeOut,
)
from api.schemas.values import Sentence
from api.views.directory import Directory
from core.facts.catalogue import Words
from core.facts.issue import UNHANDLED, Caller, Issue, Status
from core.facts.people import PersonCode
from core.facts.policy import Target
from core.facts.repeat import ToldBefore
from core.facts.report import Relay, Report

#: Where the policy sets no target for a class.
_NO_TARGET = Target(
    answer_first=timedelta(minutes=1), answer_limit=timedelta(minutes=3), accept=timedelta(hours=1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A report with what belongs to it."""

    report: Report
    issue: Issue
    sentence: Words
    #: Who told this report, which may be another than whose issue it is.
    caller: Caller | None
    relays: Sequence[Relay]
    hints: Sequence[Hint]
    #: Unhandled issues at its place, its own among them.
    open_at: int
    pictures: Sequence[PictureOut]
    #: Reports that stand under it.
    explains: int
    told_before: ToldBefore | None


def report_out(telling: Telling, names: Directory, *, me: PersonCode, now: datetime) -> ReportOut:
    """Return a report as one person sees it at this moment."""
    report, issue = telling.report, telling.issue
    own = issue.status in UNHANDLED and issue.place == report.place
    return ReportOut(
        number=report.number,
        issue=report.issue,
        channel=report.channel,
        cls=report.cls,
        priority=report.priority,
        event_type=report.event_type,
        device=names.device(report.device) if report.device is not None else None,
        subject=report.subject,
        place=names.place(report.place),
        told_at=report.told_at,
        received_at=report.received_at,
        times_told=report.times_told,
        call=_call(report),
        hints=list(telling.hints),
        relays=relays_out(telling.relays, names),
        caller=caller_out(telling.caller, names),
        words=report.words,
        category=names.category(issue.category),
        urgency=issue.urgency,
        claim=_claim(report, names, me=me, now=now),
        parked=_parked(report, issue, names, now=now),
        parks=report.parks,
        back=_back(report, issue, names),
        offer=_offer(report, names, me=me, now=now),
        returned=_returned(report, names),
        status=issue.status,
        shown_at=report.shown_at,
        completed=report.completed_at is not None,
        late=report.late,
        age_limits=_age_limits(report, names),
        issue_sentence=Sentence(zh=telling.sentence.zh, en=telling.sentence.en),
        open_here=max(0, telling.open_at - own) if report.place is not None else 0,
        pictures=list(telling.pictures),
        under=report.under,
        explains=telling.explains,
        told_before=told_before_out(telling.told_before),
    )


def told_before_out(before: ToldBefore | None) -> ToldBeforeOut | None:
    """Return the mark of a repeat, if it is one."""
    if before is None:
        return None
    return ToldBeforeOut(of=before.of, times=before.times, since=before.since)


def caller_out(caller: Caller | None, names: Directory) -> CallerOut | None:
    """Return who told us, if that is known."""
    if caller is None:
        return None
    return CallerOut(
        kind=caller.kind,
        person=names.some_person(caller.person),
        name=caller.name,
        phone=caller.phone,
        place=names.place(caller.place),
        customer=caller.customer,
    )


def relays_out(relays: Sequence[Relay], names: Directory) -> list[RelayOut]:
    """Return the hops in order, each with the time since the one before."""
    before = [None, *(relay.told_at for relay in relays)]
    return [
        RelayOut(
            order=order,
            by=relay.by_name,
            by_person=names.some_person(relay.by_person),
            role=relay.role,
            to=relay.to_name,
            means=relay.means,
            told_at=relay.told_at,
            seconds=(relay.told_at - last).total_seconds() if last is not None else None,
        )
        for order, (relay, last) in enumerate(zip(relays, before, strict=False), start=1)
    ]


def target(report: Report, names: Directory) -> Target:
    """Return how soon reports of this class should be dealt with."""
    return names.rules.policy.monitoring.targets.get(report.cls, _NO_TARGET)


def _call(report: Report) -> CallOut | None:
    if report.call_key is None or report.call_state is None:
        return None
    return CallOut(
        key=report.call_key,
        state=report.call_state,
        rang_at=report.told_at,
        answered_at=report.answered_at,
        ended_at=report.ended_at,
    )


def _claim(report: Report, names: Directory, *, me: PersonCode, now: datetime) -> Claim | None:
    holder = report.holder(now)
    if holder is None or report.claim is None:
        return None
    return Claim(by=names.person(holder), until=report.claim.until, mine=holder == me)


def _parked(report: Report, issue: Issue, names: Directory, *, now: datetime) -> ParkedOut | None:
    parked = report.parked
    if parked is None or parked.until <= now or issue.status is not Status.REPORTED:
        return None
    return ParkedOut(until=parked.until, by=names.person(parked.by), reason=parked.reason)


def _back(report: Report, issue: Issue, names: Directory) -> BackOut | None:
    back = report.back
    if back is None or issue.status is not Status.REPORTED:
        return None
    return BackOut(why=back.why, by=names.person(back.by), at=back.at)


def _offer(report: Report, names: Directory, *, me: PersonCode, now: datetime) -> OfferOut | None:
    offer = report.offered(now)
    if offer is None:
        return None
    return OfferOut(
        to=names.person(offer.to),
        by=names.person(offer.by),
        until=offer.until,
        to_me=offer.to == me,
    )


def _returned(report: Report, names: Directory) -> Returned | None:
    back = report.returned
    if back is None:
        return None
    return Returned(reason=back.reason, by=names.person(back.by), at=back.at)


def _age_limits(report: Report, names: Directory) -> AgeLimits:
    """In seconds of the site's clock; a demonstration's fast one must not make every row late."""
    aim, speed = target(report, names), names.rules.speed
    return AgeLimits(
        warn_seconds=aim.answer_first.total_seconds() * speed,
        limit_seconds=aim.answer_limit.total_seconds() * speed,
    )
