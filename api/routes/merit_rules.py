"""The rules that propose reward and punishment (五.2), their versions, and what others would do."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.merit import MeritEditionsOut, MeritRulesIn, MeritRulesOut, WhatIfIn, WhatIfOut
from api.views import merit
from api.views.views import Views
from core.facts.month import MonthCode
from core.scoring import rules, what_if

router = APIRouter(prefix="/merit/rules", tags=["merit"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_MERIT))]
Deciding = Annotated[Work, Depends(Permitted(Action.DECIDE_MERIT))]


@router.get(
    "",
    summary="The rules that propose",
    operation_id="read_merit_rules",
    response_model=MeritRulesOut,
    responses=READS,
)
def read_merit_rules(work: Seeing) -> Response:
    """Return the text of the rules in force."""
    return work.read(merit.rules_out)


@router.post(
    "",
    summary="Let other rules propose",
    operation_id="change_merit_rules",
    response_model=MeritRulesOut,
    responses=WRITES,
)
def change_merit_rules(body: MeritRulesIn, work: Deciding) -> Response:
    """Put other rules in force; what was proposed and decided stays as it is."""
    return work.write(
        lambda store: rules.change(
            store,
            site=work.site,
            text=body.text,
            base=body.base,
            by=work.by,
            reason=body.reason,
            now=work.now,
        ),
        show=lambda views, _edition: merit.rules_out(views),
    )


@router.get(
    "/versions",
    summary="Versions of the rules that propose",
    operation_id="read_merit_versions",
    response_model=MeritEditionsOut,
    responses=READS,
)
def read_merit_versions(work: Deciding, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return the site's own versions, the newest first."""

    def page(views: Views) -> MeritEditionsOut:
        found = views.store.merit_rules.all(views.site, limit=limit + 1, before=cursor)
        return MeritEditionsOut(
            items=[merit.edition_out(views, one) for one in found[:limit]],
            next_cursor=next_cursor([one.version for one in found], limit),
        )

    return work.read(page)


@router.post(
    "/what-if",
    summary="What a month would have been under other rules",
    operation_id="weigh_what_if",
    response_model=WhatIfOut,
    responses=WRITES,
)
def weigh_what_if(body: WhatIfIn, work: Deciding) -> Response:
    """Weigh a month by rules that are not in force; nothing is proposed and nothing kept."""
    month = MonthCode(body.month) if body.month is not None else None
    return work.read(
        lambda views: merit.what_if_out(
            views,
            what_if.what_if(
                views.store, site=views.site, text=body.text, month=month, now=views.now
            ),
        )
    )
