"""Wall displays: leaders grant and revoke their links; a display reads counts and nothing else."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.auth import hash_token, new_token
from api.dependencies import NowDep, Permitted, RuntimeDep, WallDep
from api.lateness import late
from api.permissions import Action
from api.routes.answers import READS, WRITES, refusals
from api.runtime import Work
from api.schemas.values import Number
from api.schemas.wall import WallGrantOut, WallIn, WallLinkOut, WallOut, WallsOut
from api.views.views import Views
from api.views.walls import grant_out, wall_out
from core.facts.people import PersonCode
from core.facts.wall import WallNumber
from core.monitoring import walls

router = APIRouter(tags=["walls"])

Granting = Annotated[Work, Depends(Permitted(Action.GRANT_WALL))]


@router.get(
    "/wall",
    summary="What a wall display shows",
    operation_id="read_wall",
    responses=refusals(401),
    openapi_extra={"security": [{"wall": []}]},
)
def read_wall(wall: WallDep, runtime: RuntimeDep, now: NowDep) -> WallOut:
    """Return life safety, counts by class, what is silent or late: no name of a person."""
    with runtime.database.read() as store:
        views = Views(
            store=store,
            site=wall.site,
            me=PersonCode(""),
            now=now,
            directories=runtime.directories,
        )
        clock = runtime.clock
        parts = late(store, wall.site, settings=runtime.settings, now=now, speed=clock.speed)
        return wall_out(views, late=parts, speed=clock.speed)


@router.get(
    "/walls",
    summary="Wall displays",
    operation_id="read_walls",
    response_model=WallsOut,
    responses=READS,
)
def read_walls(work: Granting) -> Response:
    """Return every display that was let in, also those that were revoked."""
    return work.read(
        lambda views: WallsOut(
            items=[grant_out(views, wall) for wall in views.store.walls.all(views.site)]
        )
    )


@router.post(
    "/walls",
    summary="Let a wall display in",
    operation_id="grant_wall",
    response_model=WallLinkOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def grant_wall(body: WallIn, work: Granting) -> Response:
    """Grant a link that shows counts and can do nothing; its token is answered this once."""
    token = new_token()
    return work.write(
        lambda store: walls.grant(
            store,
            site=work.site,
            name=body.name,
            token_hash=hash_token(token),
            by=work.by,
            now=work.now,
        ),
        show=lambda views, wall: WallLinkOut(wall=grant_out(views, wall), token=token),
        status=HTTPStatus.CREATED,
    )


@router.post(
    "/walls/{number}/revoke",
    summary="Let a wall display in no longer",
    operation_id="revoke_wall",
    response_model=WallGrantOut,
    responses=WRITES,
)
def revoke_wall(number: Number, work: Granting) -> Response:
    """Revoke a display's link; it is dark with its next look."""
    return work.write(
        lambda store: walls.revoke(
            store, site=work.site, wall=WallNumber(number), by=work.by, now=work.now
        ),
        show=grant_out,
    )
