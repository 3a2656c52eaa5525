"""Customers, kin and voices of issues as people read them."""

from collections.abc import Mapping, Sequence

from api.schemas.customer import (
    AlikeOut,
    CandidateOut,
    ContextOut,
    CustomerOut,
    HomeOut,
    KinOut,
    RepeatOut,
    ReporterOut,
    SimilarOut,
)
from api.schemas.feedback import FeedbackOut, VerdictOut, VisitOut, VoicesOut
from api.schemas.inspection import InspectionOut
from api.schemas.issue import IssueRow
from api.schemas.refs import PlaceRef
from api.views.promises import promises_out
from api.views.report import caller_out
from api.views.views import Views
from core.customers.service import Context
from core.facts.customer import Customer, CustomerCode
from core.facts.feedback import Feedback
from core.facts.inspection import Inspection
from core.facts.issue import Issue, IssueNumber
from core.facts.place import PlaceCode
from core.repeats import grouping
from core.repeats.service import Alike


def customer_out(views: Views, customer: Customer) -> CustomerOut:
    """Return one customer."""
    return CustomerOut(
        code=customer.code,
        name=customer.name,
        phones=list(customer.phones),
        homes=[
            HomeOut(
                place=_place(views, home.place),
                kind=home.kind,
                door=home.door,
                since_on=home.since_on,
                until_on=home.until_on,
            )
            for home in customer.homes
        ],
        note=customer.note,
        active=customer.active,
    )


def context_out(views: Views, found: Context) -> ContextOut:
    """Return what is known around a report."""
    every = {
        one.number: one
        for part in (found.told_before, found.at_device, found.at_place, found.open_near)
        for one in part
    }
    rows = {row.number: row for row in views.rows(list(every.values()))}

    def part(issues: Sequence[Issue]) -> list[IssueRow]:
        return [rows[one.number] for one in issues]

    return ContextOut(
        report=found.report.number,
        customer=customer_out(views, found.customer) if found.customer else None,
        candidates=[
            CandidateOut(customer=customer_out(views, one.customer), by=one.by)
            for one in found.candidates
        ],
        told_before=part(found.told_before),
        at_device=part(found.at_device),
        at_place=part(found.at_place),
        open_near=part(found.open_near),
        promises=promises_out(views, found.promises),
        living_at=views.names.place(found.living_at),
        living=[customer_out(views, one) for one in found.living],
        more_living=found.more,
    )


def similar_out(views: Views, found: Sequence[Alike]) -> SimilarOut:
    """Return open issues that sound alike."""
    rows = views.rows([one.issue for one in found])
    return SimilarOut(
        items=[
            AlikeOut(issue=row, likeness=one.likeness) for row, one in zip(rows, found, strict=True)
        ]
    )


def kin_out(views: Views, issue: Issue) -> KinOut:
    """Return what an issue has to do with others."""
    store, site, number = views.store, views.site, issue.number
    repeat = store.repeats.of_issues(site, [number]).get(number)
    mergers = store.mergers.into(site, [number])
    reports = [one.number for one in store.reports.of_issue(site, number)]
    callers = store.reporters.of_reports(site, reports)
    told = [(one, caller_out(callers[one], views.names)) for one in reports if one in callers]
    return KinOut(
        issue=number,
        repeat=RepeatOut(
            of=repeat.of,
            customer=repeat.customer,
            rule=repeat.rule,
            likeness=repeat.likeness,
            chain=repeat.chain,
            unmarked_by=views.names.some_person(repeat.unmarked_by),
            unmarked_reason=repeat.unmarked_reason,
        )
        if repeat
        else None,
        merged_into=issue.merged_into,
        absorbed=[one.issue for one in mergers],
        grouped=[one.issue for one in mergers if one.rule == grouping.RULE],
        reporters=[ReporterOut(report=report, caller=caller) for report, caller in told if caller],
    )


def voices_out(views: Views, issue: IssueNumber) -> VoicesOut:
    """Return what was said to the customer of an issue, and by him."""
    store, site = views.store, views.site
    return VoicesOut(
        visits=[
            VisitOut(
                whom=one.whom,
                how=one.how,
                words=one.words,
                told_at=one.told_at,
                by=views.names.person(one.by),
                solved=one.solved,
                rating=one.rating,
            )
            for one in store.visits.of_issue(site, issue)
        ],
        verdicts=[
            VerdictOut(
                made_at=one.made_at,
                expires_at=one.expires_at,
                used_at=one.used_at,
                solved=one.solved,
                rating=one.rating,
                words=one.words,
            )
            for one in store.verdict_links.of_issue(site, issue)
        ],
        feedback=[*feedbacks_out(views, store.feedbacks.page(site, issue=issue, limit=100))],
    )


def feedbacks_out(views: Views, found: Sequence[Feedback]) -> list[FeedbackOut]:
    """Return lines of the register of feedback."""
    of = views.store.customers.several(
        views.site, [one.said.customer for one in found if one.said.customer is not None]
    )
    return [_feedback_out(views, one, of) for one in found]


def feedback_out(views: Views, one: Feedback) -> FeedbackOut:
    """Return one line of it."""
    return feedbacks_out(views, [one])[0]


def _feedback_out(views: Views, one: Feedback, of: Mapping[CustomerCode, Customer]) -> FeedbackOut:
    names = views.names
    customer = of.get(one.said.customer) if one.said.customer is not None else None
    unit = names.units.get(one.said.unit) if one.said.unit is not None else None
    return FeedbackOut(
        number=one.number,
        kind=one.said.kind,
        words=one.said.words,
        issue=one.said.issue,
        person=names.some_person(one.said.person),
        unit=one.said.unit,
        unit_name=unit.name if unit is not None else one.said.unit,
        customer=one.said.customer,
        name=one.said.name or (customer.name if customer is not None else None),
        given_at=one.given_at,
        by=names.some_person(one.by),
        due_at=one.due_at,
        late=one.due_at is not None and (one.answered_at or views.now) > one.due_at,
        answered_at=one.answered_at,
        answered_by=names.some_person(one.answered_by),
        how=one.how,
        answer=one.answer,
    )


def inspection_out(views: Views, one: Inspection) -> InspectionOut:
    """Return one sample."""
    names = views.names
    return InspectionOut(
        number=one.number,
        month=one.month,
        place=_place(views, one.place),
        category=one.category,
        issue=one.issue,
        inspector=names.person(one.inspector),
        planned_at=one.planned_at,
        result=one.result,
        person=names.some_person(one.person),
        unit=one.unit,
        words=one.words,
        opened=one.opened,
        done_at=one.done_at,
        done_by=names.some_person(one.done_by),
    )


def _place(views: Views, code: PlaceCode) -> PlaceRef:
    found = views.names.place(code)
    assert found is not None
    return found
