"""The register of issues (登记表): reading it, and entering what is told at the desk."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import next_cursor
from api.routes.scope import narrowed, visible
from api.routes.tellings import telling
from api.runtime import Work
from api.schemas.issue import IssueOut, IssuesOut, JournalOut, RegisterQuery
from api.schemas.report import TellingIn
from api.schemas.values import Number
from api.views.journal import entry_out
from api.views.views import Views
from core.desk import service as desk
from core.facts.catalogue import CategoryCode
from core.facts.issue import UNHANDLED, IssueNumber
from core.facts.place import PlaceCode
from core.store.issue_filter import Filter

router = APIRouter(prefix="/issues", tags=["issues"])

Reading = Annotated[Work, Depends(Permitted(Action.READ_ISSUES))]
Registering = Annotated[Work, Depends(Permitted(Action.REGISTER))]


@router.get(
    "",
    summary="The register of issues",
    operation_id="read_issues",
    response_model=IssuesOut,
    responses=READS,
)
def read_issues(work: Reading, asked: Annotated[RegisterQuery, Query()]) -> Response:
    """Return issues, the newest number first. Who does not read all of them reads his own."""

    def page(views: Views) -> IssuesOut:
        found = views.store.issues.register(
            views.site,
            narrowed(work, _filter(work, asked)),
            limit=asked.limit + 1,
            before=IssueNumber(asked.cursor) if asked.cursor is not None else None,
        )
        return IssuesOut(
            items=views.rows(found[: asked.limit]),
            next_cursor=next_cursor([issue.number for issue in found], asked.limit),
        )

    return work.read(page)


@router.post(
    "",
    summary="Enter what somebody tells the desk",
    operation_id="register_issue",
    response_model=IssueOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def register_issue(body: TellingIn, work: Registering) -> Response:
    """Register an issue that was told at the desk; it is accepted at once."""
    return work.write(
        lambda store: desk.register(
            store,
            site=work.site,
            telling=telling(store, work.site, body),
            by=work.by,
            now=work.now,
        ),
        show=Views.issue,
        status=HTTPStatus.CREATED,
    )


@router.get(
    "/{number}",
    summary="One issue",
    operation_id="read_issue",
    response_model=IssueOut,
    responses=READS,
)
def read_issue(number: Number, work: Reading) -> Response:
    """Return an issue with its ladder and its tellings."""
    return work.read(lambda views: views.issue(visible(work, views.store, number)))


@router.get(
    "/{number}/journal",
    summary="All that happened to one issue",
    operation_id="read_journal",
    response_model=JournalOut,
    responses=READS,
)
def read_journal(number: Number, work: Reading) -> Response:
    """Return an issue's entries in order, each with the hash that chains it."""

    def entries(views: Views) -> JournalOut:
        issue = visible(work, views.store, number)
        written = views.store.journal.of_issue(views.site, issue.number)
        items = [entry_out(one, views.names) for one in written]
        return JournalOut(items=items, next_cursor=None)

    return work.read(entries)


def _filter(work: Work, asked: RegisterQuery) -> Filter:
    wanted = frozenset(asked.status) if asked.status else None
    if asked.open:
        wanted = UNHANDLED if wanted is None else wanted & UNHANDLED
    return Filter(
        came_back=asked.came_back,
        status=wanted,
        urgency=asked.urgency,
        category=CategoryCode(asked.category) if asked.category is not None else None,
        place=PlaceCode(asked.place) if asked.place is not None else None,
        text=asked.q,
        numbers=frozenset(map(IssueNumber, asked.number)) if asked.number else None,
        person=work.by if asked.mine else None,
    )
