"""Floor plans: where devices hang, how they are, and where somebody calls (features B12)."""

from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES, refusals
from api.runtime import Work
from api.schemas.administration import OwnCode
from api.schemas.plan import PlanIn, PlansOut
from api.schemas.values import Name
from api.views.plans import plans_out
from core.administration import drawing, plans
from core.evidence import photo
from core.facts.device import DeviceCode
from core.facts.plan import Drawing, PlanCode, Spot

router = APIRouter(prefix="/plans", tags=["plans"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_PLANS))]
Changing = Annotated[Work, Depends(Permitted(Action.CHANGE_PLANS))]
Code = Annotated[OwnCode, Path(description="The plan's code, which the office gives it.")]

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_TAKEN = dict.fromkeys((drawing.MEDIA_TYPE, *photo.MEDIA_TYPES), _BYTES)
#: Opened by itself, a drawing is still no page: it runs nothing, fetches nothing, frames nothing.
_INERT = {
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
#: Drawings are read one at a time: a photograph needs a child of its own.
_drawing = anyio.CapacityLimiter(1)


@router.get(
    "", summary="All floor plans", operation_id="read_plans", response_model=PlansOut,
    responses=READS,
)  # fmt: skip
def read_plans(work: Seeing) -> Response:
    """Return the plans with their devices, what stands in the queue from each, and blind spots."""
    return work.read(plans_out)


@router.get(
    "/{code}/drawing",
    summary="A plan's drawing",
    operation_id="see_drawing",
    response_class=Response,
    responses={200: {"content": _TAKEN}, **READS, **refusals(503)},
)
def see_drawing(code: Code, work: Seeing) -> Response:
    """Return the drawing's bytes, with headers under which a browser runs nothing of it."""
    content, media_type = plans.whole(work.runtime.database, site=work.site, code=PlanCode(code))
    return Response(content, media_type=media_type, headers=_INERT)


@router.put(
    "/{code}/drawing",
    summary="Draw a plan",
    operation_id="draw_plan",
    response_model=PlansOut,
    responses={**WRITES, **refusals(400, 413, 503)},
    openapi_extra={"requestBody": {"required": True, "content": _TAKEN}},
)
async def draw_plan(
    request: Request,
    code: Code,
    name: Annotated[Name, Query(description="What the plan is called.")],
    work: Changing,
) -> Response:
    """Enter a plan, or give one another drawing: an SVG that only draws, or a picture."""
    content = await request.body()
    return await anyio.to_thread.run_sync(_draw, work, code, name, content, limiter=_drawing)


@router.put(
    "/{code}",
    summary="Say where devices hang",
    operation_id="hang_devices",
    response_model=PlansOut,
    responses=WRITES,
)
def hang_devices(code: Code, body: PlanIn, work: Changing) -> Response:
    """Name a plan and hang exactly these devices on it."""
    spots = {DeviceCode(one.device): Spot(x=one.x, y=one.y) for one in body.spots}
    return work.write(
        lambda store: plans.hang(
            store,
            site=work.site,
            code=PlanCode(code),
            name=body.name,
            spots=spots,
            by=work.by,
            now=work.now,
        ),
        show=lambda views, _plan: plans_out(views),
    )


@router.delete(
    "/{code}",
    summary="Take a plan down",
    operation_id="remove_plan",
    response_model=PlansOut,
    responses=WRITES,
)
def remove_plan(code: Code, work: Changing) -> Response:
    """Forget a plan; the journal keeps what it said."""
    return work.write(
        lambda store: plans.remove(
            store, site=work.site, code=PlanCode(code), by=work.by, now=work.now
        ),
        show=lambda views, _none: plans_out(views),
    )


def _draw(work: Work, code: str, name: str, content: bytes) -> Response:
    drawn = _read(content)
    plans.keep(work.runtime.database, site=work.site, drawing=drawn)
    return work.write(
        lambda store: plans.draw(
            store,
            site=work.site,
            code=PlanCode(code),
            name=name,
            drawing=drawn,
            by=work.by,
            now=work.now,
        ),
        show=lambda views, _plan: plans_out(views),
    )


def _read(content: bytes) -> Drawing:
    """Read what was sent by what it is, whatever it calls itself."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return drawing.read(content)
    made = photo.read(content)
    return Drawing(
        content=made.content, media_type="image/jpeg", width=made.width, height=made.height
    )
