"""What happens, as it happens."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from api.dependencies import Permitted
from api.errors import Refused
from api.permissions import Action, reads_all
from api.routes.answers import refusals
from api.runtime import Work
from api.stream_client import Client
from api.stream_response import EventStream

router = APIRouter(prefix="/stream", tags=["stream"])

_DESCRIBED = {
    200: {
        "description": (
            "`event: entry` with `id` = `seq` and `data` = {seq, kind, issue, report, at, by}: "
            "fetch again what is shown. `event: clock` at once and every 15 s: {now, speed, "
            "auditor_late, gateways_late}. Who reads only his own issues learns that something "
            "changed, and not what."
        ),
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    **refusals(401, 403, 422),
}


@router.get(
    "",
    summary="Follow what happens",
    operation_id="follow_stream",
    response_class=Response,
    responses=_DESCRIBED,
)
async def follow(
    work: Annotated[Work, Depends(Permitted(Action.FOLLOW_STREAM))],
    last_event_id: Annotated[
        str | None, Header(description="The last `id` seen; what came after it is told first.")
    ] = None,
) -> EventStream:
    """Stream the site's journal as server-sent events, resuming without a gap."""
    hub = work.runtime.hub
    if hub.full:
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "too_many_streams",
            "this process serves as many consoles as it can",
            headers={"Retry-After": "5"},
        )
    client = Client(
        site=work.site,
        token_hash=work.session.token_hash,
        veiled=not reads_all(work.session.person.roles),
    )
    return EventStream(hub=hub, client=client, last_seen=_seen(last_event_id))


def _seen(text: str | None) -> int | None:
    """Read ``Last-Event-ID``; one that is not ours begins from now on."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 18:
        return None
    return int(text)
