"""Gateways deliver what devices said; administrators read the log of it."""

from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Query, Request, Response

from api import intake
from api.dependencies import Permitted, RuntimeDep, delivering, unknown_gateway
from api.permissions import Action
from api.routes.answers import READS, refusals
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Runtime, Work
from api.schemas.device_event import DeviceEventOut, DeviceEventsOut, ReceivedOut
from api.schemas.values import Code
from api.views.views import Views
from core.facts.cloudevent import BATCH_MEDIA_TYPE
from core.facts.device import DeviceCode
from core.facts.report import ReportNumber
from core.monitoring.policy import call_key
from core.store.device_events import Logged

router = APIRouter(prefix="/device-events", tags=["gateways"])

#: Threads of their own: consoles that wait for each other never hold up an alarm.
_receiving = anyio.CapacityLimiter(4)

_BATCH = {
    "requestBody": {
        "required": True,
        "content": {
            BATCH_MEDIA_TYPE: {
                "schema": {"type": "array", "items": {"type": "object"}},
            }
        },
    },
    "security": [{"gateway": []}],
}


@router.post(
    "",
    summary="Deliver a batch of device events",
    operation_id="deliver_device_events",
    response_model=ReceivedOut,
    responses=refusals(400, 401, 413),
    openapi_extra=_BATCH,
)
async def deliver(
    request: Request, runtime: RuntimeDep, token: Annotated[str, Depends(delivering)]
) -> Response:
    """Store CloudEvents, each once. The answer is the receipt: it follows the commit.

    Events that cannot be read, or name another site, stand in `refused` and are kept aside; the
    others of the batch are stored all the same.
    """
    document = await request.body()
    answer = await anyio.to_thread.run_sync(_receive, runtime, token, document, limiter=_receiving)
    return Response(answer, media_type="application/json")


@router.get(
    "",
    summary="The log of what devices said",
    operation_id="read_device_events",
    response_model=DeviceEventsOut,
    responses=READS,
)
def read_device_events(
    work: Annotated[Work, Depends(Permitted(Action.SEE_DEVICE_EVENTS))],
    device: Code | None = None,
    stale: Annotated[bool | None, Query(description="Old news, or only news.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return the log, newest first."""

    def page(views: Views) -> DeviceEventsOut:
        found = views.store.device_events.page(
            views.site,
            limit=limit + 1,
            before=cursor,
            device=DeviceCode(device) if device is not None else None,
            stale=stale,
        )
        return DeviceEventsOut(
            items=_items(views, found[:limit]),
            next_cursor=next_cursor([one.seq for one in found], limit),
        )

    return work.read(page)


def _receive(runtime: Runtime, token: str, document: bytes) -> str:
    gateway = runtime.gateways.whose(token)
    if gateway is None:
        raise unknown_gateway()
    taken = intake.take(runtime.database, gateway=gateway, document=document, clock=runtime.clock)
    runtime.committed()
    receipt, metrics = taken.receipt, runtime.metrics
    metrics.received.labels(gateway.site).inc(receipt.received)
    metrics.stored.labels(gateway.site).inc(receipt.stored)
    metrics.absorbed.labels(gateway.site).inc(receipt.absorbed)
    metrics.refused.labels(gateway.site).inc(len(receipt.refused))
    metrics.opened.labels(gateway.site).inc(taken.opened)
    return receipt.model_dump_json()


def _items(views: Views, logged: list[Logged]) -> list[DeviceEventOut]:
    keys = {one.seq: call_key(one.event) for one in logged}
    reports = views.store.reports.by_call(
        views.site, {key for key in keys.values() if key is not None}
    )

    def report(one: Logged) -> ReportNumber | None:
        key = keys[one.seq]
        return reports[key].number if key is not None and key in reports else None

    return [
        DeviceEventOut(
            seq=one.seq,
            event_id=one.event.event_id,
            source=str(one.event.source),
            type=one.event.type,
            occurred_at=one.event.occurred_at,
            received_at=one.received_at,
            subject=one.event.subject,
            call=one.event.call,
            late=one.event.late,
            stale=one.event.stale,
            on_test=one.on_test is not None,
            report=report(one),
            data=dict(one.event.data),
        )
        for one in logged
    ]
