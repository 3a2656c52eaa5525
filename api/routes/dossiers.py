"""A unit's dossier for renewal and supplier review (五.2): what is shown is what is printed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.dependencies import Permitted
from api.documents import pdf
from api.documents.dossier import book
from api.documents.words import Language
from api.permissions import Action, allowed
from api.routes.answers import READS, refusals
from api.runtime import Work
from api.schemas.merit import DossierOut
from api.schemas.values import Code
from api.views import merit
from api.views.views import Views
from core.errors import NotFound
from core.facts.people import UnitCode
from core.scoring.dossier import dossier

router = APIRouter(prefix="/units", tags=["merit"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_DOSSIER))]
Tongue = Annotated[Language, Query(description="In which of the office's languages.")]
_PDF = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}


@router.get(
    "/{unit}/dossier",
    summary="A unit's dossier",
    operation_id="read_dossier",
    response_model=DossierOut,
    responses=READS,
)
def read_dossier(unit: Code, work: Seeing) -> Response:
    """Return points, late, refused and praised by month, standing, decisions and evidence."""
    return work.read(lambda views: _dossier(work, views, unit))


@router.get(
    "/{unit}/dossier/file",
    summary="A unit's dossier as PDF",
    operation_id="print_dossier",
    response_class=Response,
    responses={200: {"content": _PDF}, **READS, **refusals(503)},
)
def print_dossier(unit: Code, work: Seeing, language: Tongue = "zh") -> Response:
    """Return the dossier on A4 with its evidence list and a signature line."""
    with work.runtime.database.read() as store:
        views = work.views(store)
        printed = book(
            _dossier(work, views, unit),
            site_name=store.sites.find(work.site).name,
            days=store.rules_of(work.site).days(store.sites.zone(work.site)),
            language=language,
        )
    return Response(
        pdf.book_pages(printed),
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{work.site}-dossier.pdf"'},
    )


def _dossier(work: Work, views: Views, unit: str) -> DossierOut:
    """Return a unit's dossier; an on-site supervisor sees that of his own unit only.

    :raises NotFound: no such unit here, or not his: which of both, nobody is told.
    """
    person = work.session.person
    all_units = allowed(person.roles, Action.SEE_MERIT)
    if not all_units and person.unit != unit:
        raise NotFound(f"unit {unit!r} is not known here")
    found = dossier(views.store, site=views.site, unit=UnitCode(unit), now=views.now)
    return merit.dossier_out(views, found, customers=all_units)
