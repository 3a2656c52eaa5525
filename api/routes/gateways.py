"""How gateways are: they say so themselves, and administrators see it."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import GatewayDep, NowDep, Permitted, RuntimeDep
from api.permissions import Action
from api.routes.answers import READS, refusals
from api.runtime import Work
from api.schemas.device_event import GatewayOut, GatewaysOut, HeartbeatIn, HeartbeatOut
from api.views.views import Views
from core.facts.device import DeviceCode

router = APIRouter(prefix="/gateways", tags=["gateways"])


@router.post(
    "/heartbeat",
    summary="A gateway's sign of life",
    operation_id="beat_gateway",
    responses=refusals(401, 413, 422),
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
