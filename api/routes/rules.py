"""A site's policy, catalogue and calendar: read, tried out on open issues, put in force (E7)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.rules import (
    ChangeIn,
    EditionOut,
    EditionsOut,
    PreviewOut,
    RulesOut,
    SeededDayOut,
    SeedOut,
    TextIn,
)
from api.views import rules as shown
from api.views.views import Views
from core.facts.rules import RuleKind
from core.rules import changing, seeding

router = APIRouter(prefix="/rules", tags=["rules"])

Reading = Annotated[Work, Depends(Permitted(Action.SEE_RULES))]
Changing = Annotated[Work, Depends(Permitted(Action.CHANGE_RULES))]
Year = Annotated[int, Path(ge=seeding.FIRST, le=seeding.LAST)]
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get(
    "",
    summary="The rules in force",
    operation_id="read_rules",
    response_model=RulesOut,
    responses=READS,
)
def read_rules(work: Reading) -> Response:
    """Return the site's policy, catalogue and calendar; what it has none of, as shipped."""
    return work.read(
        lambda views: RulesOut(items=[shown.in_force(views, kind) for kind in RuleKind])
    )


@router.get(
    "/calendar/seed/{year}",
    summary="A year's days as a calendar begins",
    operation_id="read_calendar_seed",
    response_model=SeedOut,
    responses=READS,
)
def read_calendar_seed(year: Year, work: Reading) -> Response:
    """Return China's days off and make-up working days of a year, to be edited and saved."""
    days = seeding.china(year)
    return work.read(
        lambda _views: SeedOut(
            year=year,
            items=[SeededDayOut(day=one.day, working=one.working, name=one.name) for one in days],
            text=seeding.toml(days),
        )
    )


@router.get(
    "/{kind}/versions",
    summary="All versions of one kind",
    operation_id="read_rule_versions",
    response_model=EditionsOut,
    responses=READS,
)
def read_rule_versions(
    kind: RuleKind, work: Reading, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Return every version the site has had, the newest first."""

    def page(views: Views) -> EditionsOut:
        found = views.store.editions.all(views.site, kind, limit=limit + 1, before=cursor)
        return EditionsOut(
            items=[shown.edition_out(views, one) for one in found[:limit]],
            next_cursor=next_cursor([one.version for one in found], limit),
        )

    return work.read(page)


@router.get(
    "/{kind}/versions/{version}",
    summary="One version",
    operation_id="read_rule_version",
    response_model=EditionOut,
    responses=READS,
)
def read_rule_version(kind: RuleKind, version: Version, work: Reading) -> Response:
    """Return one version as it was given."""
    return work.read(
        lambda views: shown.edition_out(views, views.store.editions.find(views.site, kind, version))
    )


@router.post(
    "/{kind}/preview",
    summary="What a text would change",
    operation_id="preview_rules",
    response_model=PreviewOut,
    responses=WRITES,
)
def preview_rules(kind: RuleKind, body: TextIn, work: Changing) -> Response:
    """Return which open issues' times would move, from when to when; nothing is saved."""

    def look(views: Views) -> PreviewOut:
        found = changing.preview(
            views.store, site=views.site, kind=kind, text=body.text, now=work.now
        )
        return shown.preview_out(views, found)

    return work.read(look)


@router.put(
    "/{kind}",
    summary="Put a text in force",
    operation_id="change_rules",
    response_model=EditionOut,
    responses=WRITES,
)
def change_rules(kind: RuleKind, body: ChangeIn, work: Changing) -> Response:
    """Save a version; every open issue waits by it at once, what fired stays fired."""
    return work.write(
        lambda store: changing.change(
            store,
            site=work.site,
            kind=kind,
            text=body.text,
            base=body.base,
            reason=body.reason,
            by=work.by,
            now=work.now,
        ),
        show=shown.edition_out,
    )
