"""Reward and punishment (五.2): proposals, the director's decisions, objections."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.merit import (
    DecisionsIn,
    DecisionsOut,
    MadeOut,
    ProposalOut,
    ProposalsOut,
    SayIn,
    SuggestionIn,
)
from api.schemas.problem import Problem
from api.schemas.values import Code, Number
from api.views import merit
from api.views.views import Views
from core.facts.issue import IssueNumber
from core.facts.merit import Evidence, Proposal
from core.facts.people import PersonCode, Role, UnitCode
from core.scoring import deciding, objecting, suggesting
from core.scoring.deciding import Choice, Made
from core.scoring.suggesting import Suggestion

router = APIRouter(prefix="/merit", tags=["merit"])

Mine = Annotated[Work, Depends(Permitted(Action.SEE_OWN_MERIT))]
Seeing = Annotated[Work, Depends(Permitted(Action.SEE_MERIT))]
Proposing = Annotated[Work, Depends(Permitted(Action.PROPOSE_MERIT))]
Deciding = Annotated[Work, Depends(Permitted(Action.DECIDE_MERIT))]
Of = Annotated[Code | None, Query(description="A code.")]


@router.get(
    "/proposals",
    summary="What waits for the director, or all proposals",
    operation_id="read_proposals",
    response_model=ProposalsOut,
    responses=READS,
)
def read_proposals(
    work: Seeing,
    *,
    waiting: bool = True,
    person: Of = None,
    unit: Of = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return what waits, the oldest first; or all, or about a person or a unit, the last first."""

    def page(views: Views) -> ProposalsOut:
        store = views.store.proposals
        if waiting and person is None and unit is None:
            found = store.waiting(views.site, limit=limit + 1, after=cursor)
        else:
            found = store.page(
                views.site,
                person=PersonCode(person) if person is not None else None,
                unit=UnitCode(unit) if unit is not None else None,
                limit=limit + 1,
                before=cursor,
            )
        return ProposalsOut(
            items=merit.proposals(views, found[:limit]),
            next_cursor=next_cursor([one.id for one in found], limit),
        )

    return work.read(page)


@router.get(
    "/mine",
    summary="What is proposed about me",
    operation_id="read_own_proposals",
    response_model=ProposalsOut,
    responses=READS,
)
def read_own_proposals(work: Mine, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return what is proposed about me with its evidence, and about my unit if I answer for it."""

    def page(views: Views) -> ProposalsOut:
        found = views.store.proposals.page(
            views.site, person=views.me, unit=_unit(work), limit=limit + 1, before=cursor
        )
        return ProposalsOut(
            items=merit.proposals(views, found[:limit], customers=False),
            next_cursor=next_cursor([one.id for one in found], limit),
        )

    return work.read(page)


@router.post(
    "/proposals",
    summary="Propose by hand",
    operation_id="propose_merit",
    response_model=ProposalOut,
    responses=WRITES,
)
def propose_merit(body: SuggestionIn, work: Proposing) -> Response:
    """Propose what no rule would, such as the end of a contract; the director decides."""
    what = Suggestion(
        person=PersonCode(body.person) if body.person is not None else None,
        unit=UnitCode(body.unit) if body.unit is not None else None,
        points=body.points,
        consequence=body.consequence,
        words=body.words,
        evidence=tuple(
            Evidence(issue=IssueNumber(one.issue), seq=one.seq) for one in body.evidence
        ),
    )
    return work.write(
        lambda store: suggesting.propose(
            store, site=work.site, what=what, by=work.by, now=work.now
        ),
        show=_one,
    )


@router.post(
    "/decisions",
    summary="Decide up to a hundred proposals",
    operation_id="decide_proposals",
    response_model=DecisionsOut,
    responses=WRITES,
)
def decide_proposals(body: DecisionsIn, work: Deciding) -> Response:
    """Approve, change or refuse, each with its reason; each stands or falls alone."""
    choices = [
        Choice(
            proposal=one.proposal,
            decision=one.decision,
            reason=one.reason,
            points=one.points,
            consequence=one.consequence,
        )
        for one in body.items
    ]

    def show(views: Views, made: list[Made]) -> DecisionsOut:
        decided = merit.proposals(views, [one.decided for one in made if one.decided is not None])
        by_number = {one.number: one for one in decided}
        return DecisionsOut(
            items=[
                MadeOut(
                    proposal=one.proposal,
                    decided=by_number[one.proposal] if one.decided is not None else None,
                    problem=Problem(error=one.problem.code, detail=str(one.problem), present=None)
                    if one.problem is not None
                    else None,
                )
                for one in made
            ]
        )

    return work.write(
        lambda store: deciding.decide_all(
            store, site=work.site, choices=choices, by=work.by, now=work.now
        ),
        show=show,
    )


@router.post(
    "/proposals/{number}/object",
    summary="Object to a proposal about me",
    operation_id="object_to_proposal",
    response_model=ProposalOut,
    responses=WRITES,
)
def object_to_proposal(number: Number, body: SayIn, work: Mine) -> Response:
    """Say what is not right; it is answered before the month closes."""
    return work.write(
        lambda store: objecting.object_to(
            store, site=work.site, proposal=number, by=work.by, words=body.words, now=work.now
        ),
        show=lambda views, one: merit.proposals(views, [one], customers=False)[0],
    )


@router.post(
    "/proposals/{number}/answer",
    summary="Answer an objection",
    operation_id="answer_objection",
    response_model=ProposalOut,
    responses=WRITES,
)
def answer_objection(number: Number, body: SayIn, work: Deciding) -> Response:
    """Answer; what was decided before may be decided once more."""
    return work.write(
        lambda store: objecting.answer(
            store, site=work.site, proposal=number, by=work.by, words=body.words, now=work.now
        ),
        show=_one,
    )


def _one(views: Views, proposal: Proposal) -> ProposalOut:
    return merit.proposals(views, [proposal])[0]


def _unit(work: Work) -> UnitCode | None:
    person = work.session.person
    return person.unit if Role.ON_SITE_SUPERVISOR in person.roles else None
