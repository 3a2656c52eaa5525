"""Devices on test: what they say is logged and sounds nothing (features A11)."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.runtime import Work
from api.schemas.on_test import OnTestIn, OnTestOut, OnTestsOut
from api.schemas.values import Number
from api.views.on_test import on_test_out, on_tests_out
from core.facts.device import DeviceCode
from core.facts.place import PlaceCode
from core.monitoring import on_test, tests_over

router = APIRouter(prefix="/on-test", tags=["directory"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_DEVICES))]
Testing = Annotated[Work, Depends(Permitted(Action.PUT_ON_TEST))]


@router.get(
    "",
    summary="What is on test",
    operation_id="read_on_test",
    response_model=OnTestsOut,
    responses=READS,
)
def read_on_test(work: Seeing) -> Response:
    """Return the tests that go on, with what the devices said meanwhile."""
    return work.read(on_tests_out)


@router.post(
    "",
    summary="Put devices on test",
    operation_id="put_on_test",
    response_model=OnTestOut,
    status_code=HTTPStatus.CREATED,
    responses=WRITES,
)
def put_on_test(body: OnTestIn, work: Testing) -> Response:
    """Let a device, or all that hang at a place, sound nothing for at most eight hours."""
    return work.write(
        lambda store: on_test.begin(
            store,
            site=work.site,
            device=DeviceCode(body.device) if body.device is not None else None,
            place=PlaceCode(body.place) if body.place is not None else None,
            lasts=timedelta(minutes=body.minutes),
            reason=body.reason,
            by=work.by,
            now=work.now,
        ),
        show=on_test_out,
        status=HTTPStatus.CREATED,
    )


@router.post(
    "/{number}/end-test",
    summary="End a test",
    operation_id="end_test",
    response_model=OnTestOut,
    responses=WRITES,
)
def end_test(number: Number, work: Testing) -> Response:
    """End a test before its time; what was raised under it and still stands becomes a report."""
    return work.write(
        lambda store: tests_over.end(
            store, site=work.site, number=number, by=work.by, now=work.now
        ),
        show=on_test_out,
    )
