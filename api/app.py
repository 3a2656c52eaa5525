"""The centre over HTTP: everything put together."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache

import anyio
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from api import description, errors, message_page, pages, sender, ticker, verdict_page
from api.auth import LogIns, nobodys_hash
from api.clock import Clock
from api.gateway_tokens import GatewayTokens
from api.metrics import Metrics
from api.middleware import BodyLimit, ProtectiveHeaders, Timed
from api.routes import (
    administration,
    alerts,
    briefings,
    camera_rules,
    copies,
    customer_table,
    customers,
    desk,
    device_events,
    directory,
    dossiers,
    escalations,
    feedback,
    finder,
    followups,
    gateways,
    handovers,
    health,
    holding,
    importing,
    inspections,
    issues,
    ledger,
    merit,
    merit_rules,
    messages,
    months,
    notices,
    on_test,
    panels,
    pauses,
    pictures,
    plans,
    playbooks,
    promises,
    queue,
    repeats,
    reports,
    reviews,
    roster,
    roster_tables,
    rules,
    seat,
    session,
    storms,
    stream,
    walls,
)
from api.runtime import Runtime
from api.settings import Settings
from api.stream import Hub
from core.evidence import receiving
from core.store.database import Database

#: Worker threads for routes; the database's pool has as many connections.
_THREADS = 48


def create_app(*, database: Database, clock: Clock, settings: Settings) -> FastAPI:
    """Return the app. While it runs, the ticker, the auditor and the stream's hub run too."""
    metrics = Metrics()
    runtime = Runtime(
        database=database,
        clock=clock,
        settings=settings,
        hub=Hub(database=database, clock=clock, settings=settings, metrics=metrics),
        log_ins=LogIns(database, settings.session * clock.speed),
        gateways=GatewayTokens(database),
        metrics=metrics,
    )
    app = bare_app(lifespan=_running(runtime))
    app.state.runtime = runtime
    app.add_middleware(
        BodyLimit,
        limit=settings.body_limit,
        larger={
            ("PUT", "/api/v1/pictures/"): receiving.MOST_BYTES,
            ("PUT", "/api/v1/issues/"): receiving.MOST_BYTES,
            ("PUT", "/api/v1/plans/"): receiving.MOST_BYTES,
            # 20,000 customers are a few megabytes.
            ("POST", "/api/v1/customer-table"): receiving.MOST_BYTES,
        },
    )
    app.add_middleware(Timed, metrics=metrics)
    app.add_middleware(ProtectiveHeaders)
    verdict_page.install(app)
    message_page.install(app)
    pages.install(app, settings.console)
    return app


def bare_app(**options: object) -> FastAPI:
    """Return the routes alone, as their description needs them: no database, no threads."""
    app = FastAPI(
        title="Shouwen 首问",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        **options,  # type: ignore[arg-type] # FastAPI's own keywords
    )
    errors.install(app)
    app.router.routes.extend(_routes())
    description.install(app)
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Put the routes together, once in a process: it takes a second, and no app changes them.

    The prefix is given where the whole is included: FastAPI then works the routes out only once.
    """
    v1 = APIRouter()
    for noun in (
        session,
        queue,
        storms,
        reports,
        finder,
        repeats,  # before the issues: /issues/similar is no number
        issues,
        customer_table,
        customers,
        feedback,
        inspections,
        desk,
        promises,
        escalations,
        pauses,
        rules,
        roster,
        roster_tables,
        notices,
        messages,
        months,
        panels,
        merit,
        ledger,
        merit_rules,
        dossiers,
        playbooks,
        alerts,
        followups,
        copies,
        briefings,
        pictures,
        reviews,
        camera_rules,
        directory,
        seat,
        handovers,
        on_test,
        plans,
        device_events,
        gateways,
        holding,
        administration,
        walls,
        importing,
        stream,
    ):
        v1.include_router(noun.router)
    whole = APIRouter()
    whole.include_router(v1, prefix="/api/v1")
    whole.include_router(health.router)
    return tuple(whole.routes)


def _running(runtime: Runtime) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        await asyncio.to_thread(nobodys_hash)
        runtime.hub.start(asyncio.get_running_loop())
        runtime.wanting.start(asyncio.get_running_loop())
        stops = (sender.start(runtime), ticker.start(runtime))
        try:
            yield
        finally:
            runtime.hub.stop()
            for stop in stops:
                await asyncio.to_thread(stop)
            await asyncio.to_thread(runtime.hub.wait_until_stopped)

    return lifespan
