"""Briefings (宣贯, 五.3): what people are to know, and who has not said that he does."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action, allowed
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.briefing import AcknowledgeIn, BriefingIn, BriefingOut, BriefingsOut, WhoKnowsOut
from api.schemas.values import Number
from api.views import briefing as shown
from api.views.views import Views
from core.facts.briefing import Audience, Briefing, BriefingNumber, Draft
from core.facts.catalogue import CategoryCode
from core.facts.people import UnitCode
from core.training import service as training

router = APIRouter(prefix="/briefings", tags=["briefings"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_BRIEFINGS))]
Publishing = Annotated[Work, Depends(Permitted(Action.PUBLISH_BRIEFING))]


@router.get(
    "",
    summary="Briefings",
    operation_id="read_briefings",
    response_model=BriefingsOut,
    responses=READS,
)
def read_briefings(work: Seeing, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return briefings that are for me, or all if I may publish; the newest number first."""

    def page(views: Views) -> BriefingsOut:
        found = views.store.briefings.page(views.site, limit=limit + 1, before=cursor)
        every = allowed(work.session.person.roles, Action.PUBLISH_BRIEFING)
        items = shown.briefings(views, found[:limit])
        return BriefingsOut(
            items=[one for one in items if every or one.for_me],
            next_cursor=next_cursor([one.number for one in found], limit),
        )

    return work.read(page)


@router.post(
    "",
    summary="Publish a briefing",
    operation_id="publish_briefing",
    response_model=BriefingOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def publish_briefing(body: BriefingIn, work: Publishing) -> Response:
    """Publish a briefing; its audience is asked to acknowledge it."""
    return work.write(
        lambda store: training.publish(
            store, site=work.site, draft=_draft(body), by=work.by, now=work.now
        ),
        show=_show,
        status=HTTPStatus.CREATED,
    )


@router.post(
    "/{number}/versions",
    summary="Publish a new version",
    operation_id="revise_briefing",
    response_model=BriefingOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def revise_briefing(number: Number, body: BriefingIn, work: Publishing) -> Response:
    """Publish a briefing anew; everybody is asked again."""
    return work.write(
        lambda store: training.revise(
            store,
            site=work.site,
            briefing=BriefingNumber(number),
            draft=_draft(body),
            by=work.by,
            now=work.now,
        ),
        show=_show,
        status=HTTPStatus.CREATED,
    )


@router.post(
    "/{number}/acknowledge",
    summary="I know it",
    operation_id="acknowledge_briefing",
    response_model=BriefingOut,
    responses=WRITES,
)
def acknowledge_briefing(number: Number, body: AcknowledgeIn, work: Seeing) -> Response:
    """Acknowledge the version I have read; of a newer one nobody knows that I do."""
    return work.write(
        lambda store: training.acknowledge(
            store,
            site=work.site,
            briefing=BriefingNumber(number),
            version=body.version,
            by=work.by,
            now=work.now,
        ),
        show=_show,
    )


@router.get(
    "/{number}/audience",
    summary="Who knows it, and who has not said so",
    operation_id="read_briefing_audience",
    response_model=WhoKnowsOut,
    responses=READS,
)
def read_briefing_audience(number: Number, work: Publishing) -> Response:
    """Return who has acknowledged the newest version, and who has not."""
    return work.read(
        lambda views: shown.who_knows(
            views, views.store.briefings.newest(views.site, BriefingNumber(number))
        )
    )


def _show(views: Views, briefing: Briefing) -> BriefingOut:
    return shown.briefings(views, [briefing])[0]


def _draft(body: BriefingIn) -> Draft:
    return Draft(
        sort=body.sort,
        title=body.title,
        words=body.words,
        audience=Audience(
            roles=frozenset(body.roles), units=frozenset(UnitCode(unit) for unit in body.units)
        ),
        categories=tuple(CategoryCode(code) for code in dict.fromkeys(body.categories)),
    )
