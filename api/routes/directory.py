"""The site's places, people, units, categories and devices, as lists."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS
from api.runtime import Work
from api.schemas.directory import (
    CategoriesOut,
    DeviceOut,
    DevicesOut,
    DeviceState,
    PeopleOut,
    PersonOut,
    PlacesOut,
    UnitsOut,
)
from api.views.directory import category_out
from api.views.on_test import tested_until
from api.views.views import Views
from core.facts.device import DeviceCode
from core.store.sites import Heard

router = APIRouter(tags=["directory"])

Anybody = Annotated[Work, Depends(Permitted(Action.SEE_PLACES))]
SeeingPeople = Annotated[Work, Depends(Permitted(Action.SEE_PEOPLE))]
SeeingDevices = Annotated[Work, Depends(Permitted(Action.SEE_DEVICES))]


@router.get(
    "/places",
    summary="All places",
    operation_id="read_places",
    response_model=PlacesOut,
    responses=READS,
)
def read_places(work: Anybody) -> Response:
    """Return the places of the site that are in use, by code."""
    return work.read(_places)


@router.get(
    "/people",
    summary="All people",
    operation_id="read_people",
    response_model=PeopleOut,
    responses=READS,
)
def read_people(work: SeeingPeople) -> Response:
    """Return all staff of the site and its subcontractors, by code."""
    return work.read(_people)


@router.get(
    "/units",
    summary="The office and the subcontractors",
    operation_id="read_units",
    response_model=UnitsOut,
    responses=READS,
)
def read_units(work: Anybody) -> Response:
    """Return whom people work for, by code."""
    return work.read(lambda views: UnitsOut(items=list(views.names.units.values())))


@router.get(
    "/categories",
    summary="The catalogue",
    operation_id="read_categories",
    response_model=CategoriesOut,
    responses=READS,
)
def read_categories(work: Anybody) -> Response:
    """Return the categories of problems, in the catalogue's order."""
    return work.read(
        lambda views: CategoriesOut(
            items=[category_out(one) for one in views.store.rules_of(views.site).catalogue.values()]
        )
    )


@router.get(
    "/devices",
    summary="All devices, and how they are",
    operation_id="read_devices",
    response_model=DevicesOut,
    responses=READS,
)
def read_devices(work: SeeingDevices) -> Response:
    """Return all devices of the site, by code, with their last sign of life."""
    return work.read(_devices)


def _places(views: Views) -> PlacesOut:
    places = views.store.sites.places(views.site)
    shown = (views.names.place(place.code) for place in places if not place.retired)
    return PlacesOut(items=[place for place in shown if place is not None])


def _people(views: Views) -> PeopleOut:
    return PeopleOut(
        items=[
            PersonOut(
                code=person.code,
                name=person.name,
                unit=views.names.units[person.unit],
                roles=sorted(person.roles),
                phone=person.phone,
                active=person.active,
            )
            for person in views.store.people.all(views.site)
        ]
    )


def _devices(views: Views) -> DevicesOut:
    tested = tested_until(views)
    devices = views.store.sites.devices(views.site)
    return DevicesOut(items=[_device(heard, tested, views) for heard in devices])


def _device(heard: Heard, tested: Mapping[DeviceCode, datetime], views: Views) -> DeviceOut:
    state = DeviceState.NEVER if heard.last_heard_at is None else DeviceState.HEARD
    return DeviceOut(
        code=heard.device.code,
        name=heard.device.name,
        system=heard.device.system,
        profile=heard.device.profile,
        place=views.names.place(heard.device.place),
        state=DeviceState.SILENT if heard.silent_since is not None else state,
        last_heard_at=heard.last_heard_at,
        on_test_until=tested.get(heard.device.code),
    )
