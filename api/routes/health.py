"""For those who watch the process: alive, ready, and its numbers. No log-in; nothing private."""

from typing import Annotated, Literal

import anyio
from fastapi import APIRouter, Depends, Response

from api.dependencies import RuntimeDep
from api.health import Health
from api.schemas.values import Out

router = APIRouter(tags=["health"])

#: Its own threads: answered even while every other thread waits for the database.
_looking = anyio.CapacityLimiter(2)
#: A database that takes longer is not there.
_PATIENCE = 3.0


class Alive(Out):
    """The process answers."""

    status: Literal["ok"]


class Ready(Out):
    """Whether the process may be sent work."""

    status: Literal["ok", "not_ready"]
    troubles: list[str]


def health(runtime: RuntimeDep) -> Health:
    """Return what looks at this process."""
    return Health(runtime)


HealthDep = Annotated[Health, Depends(health)]


@router.get("/healthz", summary="Whether the process answers", operation_id="read_healthz")
async def read_healthz() -> Alive:
    """Answer without touching anything."""
    return Alive(status="ok")


@router.get(
    "/readyz",
    summary="Whether the process may be sent work",
    operation_id="read_readyz",
    responses={
        503: {"model": Ready, "description": "Something is not well; `troubles` says what."}
    },
)
async def read_readyz(response: Response, looks: HealthDep) -> Ready:
    """Look at the database, its schema, the ticker's and the auditor's signs of life."""
    troubles = ["the database does not answer in time"]
    with anyio.move_on_after(_PATIENCE):
        troubles = await anyio.to_thread.run_sync(
            looks.troubles, limiter=_looking, abandon_on_cancel=True
        )
    if troubles:
        response.status_code = 503
    return Ready(status="not_ready" if troubles else "ok", troubles=troubles)


@router.get(
    "/metrics",
    summary="Numbers for Prometheus",
    operation_id="read_metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def read_metrics(looks: HealthDep) -> Response:
    """Return this process's numbers in Prometheus' text form."""

    def text() -> bytes:
        looks.count()
        return looks.runtime.metrics.text()

    said = await anyio.to_thread.run_sync(text, limiter=_looking)
    return Response(said, media_type="text/plain; version=0.0.4; charset=utf-8")
