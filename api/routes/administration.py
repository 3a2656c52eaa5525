"""People, units and places, entered and changed in the office itself (features K2)."""

import secrets
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from api.auth import hash_password
from api.dependencies import Permitted
from api.errors import Refused
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.runtime import Work
from api.schemas.administration import (
    AdministrationOut,
    LogInOut,
    OwnCode,
    PersonIn,
    PlaceIn,
    UnitIn,
)
from api.views import administration as shown
from core.administration import service as administration
from core.facts.people import Person, PersonCode, Unit, UnitCode
from core.facts.place import Place, PlaceCode

router = APIRouter(prefix="/administration", tags=["administration"])

Administering = Annotated[Work, Depends(Permitted(Action.ADMINISTER))]
Code = Annotated[OwnCode, Path(description="A code of this site, known or new.")]

#: Letters and digits that nobody confuses when they are read aloud.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@router.get(
    "",
    summary="People, units and places, in full",
    operation_id="read_administration",
    response_model=AdministrationOut,
    responses=READS,
)
def read_administration(work: Administering) -> Response:
    """Return everything an administrator changes, also what is retired."""
    return work.read(shown.everything)


@router.put(
    "/people/{code}",
    summary="Enter or change a person",
    operation_id="change_person",
    response_model=AdministrationOut,
    responses=WRITES,
)
def change_person(code: Code, body: PersonIn, work: Administering) -> Response:
    """Let a person be this from now on; who is not active is logged out everywhere."""
    person = Person(
        code=PersonCode(code),
        name=body.name,
        unit=UnitCode(body.unit),
        roles=frozenset(body.roles),
        phone=body.phone,
        active=body.active,
    )
    return work.write(
        lambda store: administration.change_person(
            store, site=work.site, person=person, by=work.by, now=work.now
        ),
        show=lambda views, _done: shown.everything(views),
    )


@router.post(
    "/people/{code}/log-in",
    summary="Give a person a new password",
    operation_id="renew_log_in",
    response_model=LogInOut,
    responses=WRITES,
)
def renew_log_in(code: Code, work: Administering) -> Response:
    """Make a log-in with a new password, told in this answer only; his sessions end."""
    if work.key is not None:
        # The answer to a key is kept; a password is kept nowhere.
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY, "key_used", "a password is told once: send no key"
        )
    password = "".join(secrets.choice(_ALPHABET) for _ in range(10))
    hashed = hash_password(password)
    return work.write(
        lambda store: administration.renew_log_in(
            store,
            site=work.site,
            person=PersonCode(code),
            password_hash=hashed,
            by=work.by,
            now=work.now,
        ),
        show=lambda _views, login: LogInOut(login=login, password=password),
    )


@router.put(
    "/units/{code}",
    summary="Enter or change a unit",
    operation_id="change_unit",
    response_model=AdministrationOut,
    responses=WRITES,
)
def change_unit(code: Code, body: UnitIn, work: Administering) -> Response:
    """Let a unit be this from now on; one for which somebody works cannot be retired."""
    unit = Unit(code=UnitCode(code), name=body.name, kind=body.kind, retired=body.retired)
    return work.write(
        lambda store: administration.change_unit(
            store, site=work.site, unit=unit, by=work.by, now=work.now
        ),
        show=lambda views, _done: shown.everything(views),
    )


@router.put(
    "/places/{code}",
    summary="Enter or change a place",
    operation_id="change_place",
    response_model=AdministrationOut,
    responses=WRITES,
)
def change_place(code: Code, body: PlaceIn, work: Administering) -> Response:
    """Let a place be this from now on; nothing that is referred to ever vanishes."""
    place = Place(
        code=PlaceCode(code),
        name=body.name,
        parent=PlaceCode(body.parent) if body.parent is not None else None,
        retired=body.retired,
    )
    return work.write(
        lambda store: administration.change_place(
            store, site=work.site, place=place, by=work.by, now=work.now
        ),
        show=lambda views, _done: shown.everything(views),
    )
