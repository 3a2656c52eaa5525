"""The five panels (五.2(3)): customers' feedback, recordings, counts, complaints, inspections."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import StringConstraints

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.runtime import Work
from api.schemas.month import PanelOut, PanelOwnerIn, PanelReviewIn, PanelsOut
from api.views.month import panel_out, panels_out
from api.views.views import Views
from core.facts.month import MonthCode, Panel
from core.facts.people import PersonCode
from core.statistics import panels

router = APIRouter(prefix="/panels", tags=["months"])

Of = Annotated[
    str | None,
    StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$"),
    Query(description="A month, `2026-11`; without it the present one."),
]


@router.get(
    "",
    summary="The five panels",
    operation_id="read_panels",
    response_model=PanelsOut,
    responses=READS,
)
def read_panels(
    work: Annotated[Work, Depends(Permitted(Action.SEE_PANELS))], month: Of = None
) -> Response:
    """Return each panel with its numbers of a month, its owner, and the day it was reviewed."""

    def page(views: Views) -> PanelsOut:
        present = views.now.astimezone(views.store.sites.zone(views.site))
        return panels_out(views, MonthCode(month or f"{present:%Y-%m}"))

    return work.read(page)


@router.post(
    "/{panel}/owner",
    summary="Let somebody answer for a panel",
    operation_id="assign_panel",
    response_model=PanelOut,
    responses=WRITES,
)
def assign_panel(
    panel: Panel,
    body: PanelOwnerIn,
    work: Annotated[Work, Depends(Permitted(Action.ASSIGN_PANEL))],
) -> Response:
    """Name the owner of a panel."""
    return work.write(
        lambda store: panels.assign(
            store,
            site=work.site,
            panel=panel,
            to=PersonCode(body.owner),
            by=work.by,
            now=work.now,
        ),
        show=panel_out,
    )


@router.post(
    "/{panel}/review",
    summary="Say that I have gone through my panel",
    operation_id="review_panel",
    response_model=PanelOut,
    responses=WRITES,
)
def review_panel(
    panel: Panel,
    body: PanelReviewIn,
    work: Annotated[Work, Depends(Permitted(Action.SEE_PANELS))],
) -> Response:
    """Note today as the day on which the panel was reviewed, with its owner's words."""
    return work.write(
        lambda store: panels.review(
            store, site=work.site, panel=panel, words=body.words, by=work.by, now=work.now
        ),
        show=panel_out,
    )
