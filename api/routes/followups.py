"""The daily check: what I am asked, what I say, and what was missed (五.1(3)①④)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.routes.scope import own_unit
from api.runtime import Work
from api.schemas.following import CardOut, CardsOut, FollowUpIn, MyFollowUpsOut
from api.schemas.issue import IssueOut
from api.schemas.values import Number
from api.views import following
from api.views.views import Views
from core.facts.issue import IssueNumber
from core.followup import service as followup

router = APIRouter(prefix="/followups", tags=["follow-up"])

Asked = Annotated[Work, Depends(Permitted(Action.FOLLOW_UP))]
SeeingMissed = Annotated[Work, Depends(Permitted(Action.SEE_MISSED))]
Closing = Annotated[Work, Depends(Permitted(Action.CLOSE))]

#: So many missed days stand on one's own page; all of them are counted.
_LAST = 50


@router.get(
    "",
    summary="My follow-ups",
    operation_id="read_followups",
    response_model=MyFollowUpsOut,
    responses=READS,
)
def read_followups(work: Asked) -> Response:
    """Return a card for each open issue I am asked about today, and the days I missed."""

    def page(views: Views) -> MyFollowUpsOut:
        kept = views.store.followups
        zone = views.store.sites.zone(views.site)
        today = views.store.rules_of(views.site).days(zone).site_day(work.now)
        return MyFollowUpsOut(
            cards=following.cards(views, kept.open_of(views.site, views.me, work.now)),
            missed=following.cards(views, kept.missed(views.site, person=views.me, limit=_LAST)),
            missed_days=kept.missed_days(views.site, views.me),
            on_the_spot=kept.on_the_spot(views.site, views.me, since=today.replace(day=1)),
        )

    return work.read(page)


@router.get(
    "/missed",
    summary="Missed days",
    operation_id="read_missed",
    response_model=CardsOut,
    responses=READS,
)
def read_missed(work: SeeingMissed, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return missed days, the last first; an on-site supervisor sees those of his unit."""

    def page(views: Views) -> CardsOut:
        offset = cursor or 0
        found = views.store.followups.missed(
            views.site, unit=own_unit(work), limit=limit + 1, offset=offset
        )
        places = range(offset + 1, offset + 1 + len(found))
        return CardsOut(
            items=following.cards(views, found[:limit]), next_cursor=next_cursor(places, limit)
        )

    return work.read(page)


@router.get(
    "/solved",
    summary="Said to be solved, and not closed yet",
    operation_id="read_said_solved",
    response_model=CardsOut,
    responses=READS,
)
def read_said_solved(work: Closing, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return what owners call solved: the desk is asked to close it."""

    def page(views: Views) -> CardsOut:
        found = views.store.followups.said_solved(
            views.site, limit=limit + 1, after=IssueNumber(cursor or 0)
        )
        return CardsOut(
            items=following.cards(views, found[:limit]),
            next_cursor=next_cursor([card.issue for card in found], limit),
        )

    return work.read(page)


@router.post(
    "/{number}",
    summary="Say how an issue stands",
    operation_id="follow_up",
    response_model=CardOut,
    responses=WRITES,
)
def follow_up(number: Number, body: FollowUpIn, work: Asked) -> Response:
    """Say how an issue stands today; one word clears the day."""

    def present(views: Views) -> IssueOut:
        return views.issue(views.store.issues.find(views.site, IssueNumber(number)))

    return work.write(
        lambda store: followup.answer(
            store,
            site=work.site,
            issue=IssueNumber(number),
            by=work.by,
            word=body.word,
            words=body.words,
            now=work.now,
        ),
        show=lambda views, card: following.cards(views, [card])[0],
        present=present,
    )
