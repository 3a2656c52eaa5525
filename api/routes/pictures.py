"""Pictures: gateways deliver and fetch them by hash, people look at them for a purpose."""

from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import StringConstraints
from starlette.requests import ClientDisconnect

from api.dependencies import GatewayDep, Permitted, RuntimeDep, delivering, unknown_gateway
from api.errors import Refused
from api.permissions import Action
from api.routes.answers import READS, WRITES, refusals
from api.routes.often import not_too_often
from api.routes.scope import visible
from api.runtime import Runtime, Work
from api.schemas.picture import PictureOut, PictureReceivedOut, Sha256
from api.schemas.values import Code, Moment, Name, Number
from api.views.pictures import picture_out
from core.errors import NotFound
from core.evidence import adding, keeping, photo, receiving
from core.evidence.adding import Added
from core.facts.device import SiteCode
from core.facts.evidence import Label, Origin
from core.facts.issue import IssueNumber
from core.facts.place import PlaceCode

router = APIRouter(tags=["pictures"])

#: Threads of their own, and so many pictures in memory at once.
_receiving = anyio.CapacityLimiter(4)
#: People's pictures are read by a child each.
_adding = anyio.CapacityLimiter(2)


class Shows(StrEnum):
    """What a person's picture shows."""

    BEFORE = "before"
    AFTER = "after"


Purpose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$"),
    Query(description="What for; it stands in the issue's journal."),
]

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_PICTURE = dict.fromkeys(receiving.MEDIA_TYPES, _BYTES)


@router.put(
    "/pictures/{sha256}",
    summary="Deliver a picture",
    operation_id="deliver_picture",
    response_model=PictureReceivedOut,
    status_code=HTTPStatus.CREATED,
    responses={
        200: {"model": PictureReceivedOut, "description": "It was there before."},
        **refusals(400, 401, 413, 422, 503),
    },
    openapi_extra={
        "security": [{"gateway": []}],
        "requestBody": {"required": True, "content": _PICTURE},
    },
)
async def deliver_picture(
    request: Request,
    sha256: Sha256,
    runtime: RuntimeDep,
    token: Annotated[str, Depends(delivering)],
) -> Response:
    """Keep a picture as it was received, under its hash. The answer follows once it is durable."""
    async with _receiving:
        content = bytearray()
        try:
            async for piece in request.stream():
                content += piece
        except ClientDisconnect:
            raise Refused(
                HTTPStatus.BAD_REQUEST, "torn", "the picture did not come whole"
            ) from None
        new = await anyio.to_thread.run_sync(
            _keep, runtime, token, sha256, bytes(content), _media_type(request)
        )
    receipt = PictureReceivedOut(sha256=sha256, bytes=len(content))
    return Response(
        receipt.model_dump_json(),
        status_code=HTTPStatus.CREATED if new else HTTPStatus.OK,
        media_type="application/json",
    )


@router.get(
    "/pictures/{sha256}",
    summary="Fetch a picture to compare it",
    operation_id="fetch_picture",
    response_class=Response,
    responses={200: {"content": _PICTURE}, **refusals(401, 404, 422, 503)},
    openapi_extra={"security": [{"gateway": []}]},
)
def fetch_picture(sha256: Sha256, gateway: GatewayDep, runtime: RuntimeDep) -> Response:
    """Return a picture of the gateway's own site, byte for byte."""
    with runtime.database.read() as store:
        file = store.pictures.file(gateway.site, sha256)
    if file is None:
        raise NotFound("there is no such picture at this site")
    return _as_received(runtime, gateway.site, sha256, file.media_type)


@router.put(
    "/issues/{number}/pictures/{sha256}",
    summary="Add a picture to an issue",
    operation_id="add_picture",
    response_model=PictureOut,
    responses={**WRITES, **refusals(400, 413, 429, 503)},
    openapi_extra={
        "requestBody": {"required": True, "content": dict.fromkeys(photo.MEDIA_TYPES, _BYTES)}
    },
)
async def add_picture(  # noqa: PLR0913, PLR0917 - what a person says of a picture, one parameter each
    request: Request,
    number: Number,
    sha256: Sha256,
    shows: Annotated[Shows, Query(description="Before the handling, or after it.")],
    taken_at: Annotated[Moment, Query()],
    origin: Annotated[Origin, Query()],
    work: Annotated[Work, Depends(Permitted(Action.ADD_PICTURE))],
    place: Annotated[Code | None, Query(description="Where it was taken.")] = None,
    device: Annotated[Name | None, Query(description="With what, if the file is silent.")] = None,
) -> Response:
    """Keep what is to be seen on it, without the file's metadata; its hash names the file sent.

    Sent again it is there once, with the same answer.
    """
    said = Added(
        shows=Label.BEFORE if shows is Shows.BEFORE else Label.NOW,
        taken_at=taken_at,
        origin=origin,
        place=PlaceCode(place) if place is not None else None,
        taken_with=device or "",
    )
    not_too_often(work, work.runtime.added)
    content = await request.body()
    return await anyio.to_thread.run_sync(
        _add, work, number, sha256, content, said, limiter=_adding
    )


@router.get(
    "/issues/{number}/pictures/{sha256}",
    summary="Look at a picture",
    operation_id="see_picture",
    response_class=Response,
    responses={200: {"content": _PICTURE}, **READS, **refusals(503)},
)
def see_picture(
    number: Number,
    sha256: Sha256,
    purpose: Purpose,
    work: Annotated[Work, Depends(Permitted(Action.SEE_PICTURES))],
) -> Response:
    """Return a picture of an issue I may read; that I looked, and what for, is written down."""
    with work.runtime.database.begin() as store:
        issue = visible(work, store, number)
        picture = keeping.look(
            store,
            site=work.site,
            issue=IssueNumber(issue.number),
            sha256=sha256,
            by=work.by,
            purpose=purpose,
            now=work.now,
        )
    work.runtime.committed()
    return _as_received(work.runtime, work.site, sha256, picture.media_type or "")


def _add(work: Work, number: int, sha256: str, content: bytes, said: Added) -> Response:
    with work.runtime.database.read() as store:
        visible(work, store, number)  # before any of it is read
    made = adding.read(content, sha256=sha256)
    adding.keep(work.runtime.database, site=work.site, made=made)
    return work.write(
        lambda store: adding.add(
            store,
            issue=visible(work, store, number),
            received=sha256,
            made=made,
            said=said,
            by=work.by,
            now=work.now,
        ),
        show=lambda views, picture: picture_out(picture, views.names),
    )


def _keep(runtime: Runtime, token: str, sha256: str, content: bytes, media_type: str) -> bool:
    gateway = runtime.gateways.whose(token)
    if gateway is None:
        raise unknown_gateway()
    new = receiving.receive(
        runtime.database,
        site=gateway.site,
        gateway=gateway.name,
        sha256=sha256,
        content=content,
        media_type=media_type,
        now=runtime.clock.now(),
    )
    runtime.committed()
    return new


def _as_received(runtime: Runtime, site: SiteCode, sha256: str, media_type: str) -> Response:
    content = receiving.whole(runtime.database, site=site, sha256=sha256)
    return Response(content, media_type=media_type, headers={"Content-Disposition": "inline"})


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
