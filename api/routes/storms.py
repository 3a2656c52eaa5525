"""Storms of events, and the roll-call afterwards (D4)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.storm import RollOut, StormDevicesOut, StormsOut, TickIn
from api.schemas.values import Code, Number
from api.views.storms import devices_out, roll_out, storms_out
from api.views.views import Views
from core.facts.device import DeviceCode
from core.facts.report import StormNumber
from core.facts.storm import RollNumber
from core.monitoring import roll_call

router = APIRouter(prefix="/storms", tags=["storms"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_QUEUE))]
Working = Annotated[Work, Depends(Permitted(Action.WORK_REPORT))]


@router.get(
    "",
    summary="Storms",
    operation_id="read_storms",
    response_model=StormsOut,
    responses=READS,
)
def read_storms(work: Seeing, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Return storms, the newest first."""

    def page(views: Views) -> StormsOut:
        before = StormNumber(cursor) if cursor is not None else None
        found = views.store.storms.page(views.site, limit=limit + 1, before=before)
        return StormsOut(
            items=storms_out(views, found[:limit]),
            next_cursor=next_cursor([storm.number for storm in found], limit),
        )

    return work.read(page)


@router.get(
    "/{number}",
    summary="A storm by its devices",
    operation_id="read_storm",
    response_model=StormDevicesOut,
    responses=READS,
)
def read_storm(number: Number, work: Seeing) -> Response:
    """Return a storm, and what each of its devices said: what is left to tick comes first."""
    return work.read(
        lambda views: devices_out(views, views.store.storms.find(views.site, StormNumber(number)))
    )


@router.get(
    "/{number}/roll-call",
    summary="Every event of a storm",
    operation_id="read_roll_call",
    response_model=RollOut,
    responses=READS,
)
def read_roll_call(
    number: Number,
    work: Seeing,
    limit: Limit = 200,
    cursor: Cursor = None,
    device: Annotated[Code | None, Query(description="Only what this device said.")] = None,
) -> Response:
    """Return the events of a storm in the order in which they came, each exactly once."""

    def page(views: Views) -> RollOut:
        storm = views.store.storms.find(views.site, StormNumber(number))
        found = views.store.storms.roll(
            views.site,
            storm.number,
            limit=limit + 1,
            after=RollNumber(cursor) if cursor is not None else None,
            device=DeviceCode(device) if device is not None else None,
        )
        return RollOut(
            items=roll_out(views, found[:limit]),
            next_cursor=next_cursor([line.number for line in found], limit),
        )

    return work.read(page)


@router.post(
    "/{number}/tick",
    summary="Tick events of a storm",
    operation_id="tick_storm",
    response_model=StormDevicesOut,
    responses=WRITES,
)
def tick_storm(number: Number, body: TickIn, work: Working) -> Response:
    """Tick devices, or all with a reason; reports go to the queue one by one, or are dismissed."""
    return work.write(
        lambda store: roll_call.tick(
            store,
            site=work.site,
            storm=StormNumber(number),
            ticking=body.fact(),
            by=work.by,
            now=work.now,
        ),
        show=devices_out,
    )
