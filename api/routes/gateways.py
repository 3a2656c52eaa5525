"""How gateways are: they say so themselves, and administrators see it."""

from datetime import timedelta
from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import (
    GatewayDep,
    NowDep,
    Permitted,
    RuntimeDep,
    delivering,
    unknown_gateway,
)
from api.permissions import Action
from api.routes.answers import READS, refusals
from api.runtime import Runtime, Work
from api.schemas.device_event import GatewayOut, GatewaysOut, HeartbeatIn, HeartbeatOut
from api.schemas.picture import MutedOut, WantOut, WantsOut
from api.views.views import Views
from core.evidence import asking
from core.facts.device import DeviceCode
from core.facts.evidence import Want

router = APIRouter(prefix="/gateways", tags=["gateways"])

#: Threads of their own: many gateways that look for work hold up no console.
_looking = anyio.CapacityLimiter(4)


@router.post(
    "/heartbeat",
    summary="A gateway's sign of life",
    operation_id="beat_gateway",
    responses=refusals(400, 401, 413, 422),
    openapi_extra={"security": [{"gateway": []}]},
)
def beat(body: HeartbeatIn, gateway: GatewayDep, runtime: RuntimeDep, now: NowDep) -> HeartbeatOut:
    """Note how much a gateway holds for us, and which of its devices it has heard."""
    at = runtime.clock.at
    with runtime.database.begin() as store:
        store.gateways.beat(
            gateway.site,
            gateway.name,
            now=now,
            spooled=body.spooled,
            oldest_at=at(body.oldest_at) if body.oldest_at is not None else None,
            quarantined=body.quarantined,
            counts=body.counts,
        )
        store.sites.heard(
            gateway.site, {DeviceCode(code): at(moment) for code, moment in body.heard.items()}
        )
        store.sites.silent(
            gateway.site, {DeviceCode(code): at(moment) for code, moment in body.silent.items()}
        )
    return HeartbeatOut(now=now)


@router.get(
    "/wants",
    summary="What gateways are to do",
    operation_id="read_wants",
    responses=refusals(401, 422),
    openapi_extra={"security": [{"gateway": []}]},
)
async def read_wants(
    request: Request,
    runtime: RuntimeDep,
    token: Annotated[str, Depends(delivering)],
    wait: Annotated[
        float, Query(ge=0, le=60, description="For so many seconds, if there is nothing.")
    ] = 25,
) -> WantsOut:
    """Answer at once where something is wanted, else wait for it: pictures, comparisons.

    What is not answered by a device event is listed again; answered twice, it counts once.
    """
    muted: list[MutedOut] = []

    async def look() -> list[Want]:
        wants, now_muted = await anyio.to_thread.run_sync(_wants, runtime, token, limiter=_looking)
        muted[:] = now_muted
        return wants

    found = await runtime.wanting.until(look, gone=request.is_disconnected, seconds=wait)
    real = runtime.clock.real
    return WantsOut(
        items=[
            WantOut(
                id=want.id,
                kind=want.kind,
                camera=want.camera,
                moment=real(want.moment),
                label=want.label,
                before=want.before,
                after=want.after,
                before_at=real(want.before_at) if want.before_at else None,
                after_at=real(want.after_at) if want.after_at else None,
                region=want.region,
            )
            for want in found
        ],
        muted=muted,
    )


@router.get(
    "",
    summary="All gateways, and how they are",
    operation_id="read_gateways",
    response_model=GatewaysOut,
    responses=READS,
)
def read_gateways(work: Annotated[Work, Depends(Permitted(Action.SEE_GATEWAYS))]) -> Response:
    """Return the site's gateways, by name."""
    runtime = work.runtime
    too_old = runtime.settings.gateway_late * runtime.clock.speed
    return work.read(lambda views: _gateways(views, too_old))


def _wants(runtime: Runtime, token: str) -> tuple[list[Want], list[MutedOut]]:
    gateway = runtime.gateways.whose(token)
    if gateway is None:
        raise unknown_gateway()
    with runtime.database.read() as store:
        wants = asking.wants(store, site=gateway.site, now=runtime.clock.now())
        muted = sorted(store.findings.muted(gateway.site))
    return wants, [MutedOut(camera=camera, what=what) for camera, what in muted]


def _gateways(views: Views, too_old: timedelta) -> GatewaysOut:
    return GatewaysOut(
        items=[
            GatewayOut(
                name=gateway.name,
                last_heard_at=gateway.last_heard_at,
                spooled=gateway.spooled,
                oldest_at=gateway.oldest_at,
                quarantined=gateway.quarantined,
                late=gateway.last_heard_at is None or views.now - gateway.last_heard_at > too_old,
            )
            for gateway in views.store.gateways.all(views.site)
        ]
    )
