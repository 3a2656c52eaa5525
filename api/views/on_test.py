"""Devices on test as the API answers them."""

from collections.abc import Sequence
from datetime import datetime

from api.schemas.on_test import HeardOut, OnTestOut, OnTestsOut
from api.views.views import Views
from core.facts.device import DeviceCode
from core.facts.on_test import OnTest

#: So much of what was said under a test is shown.
_LATEST = 20


def on_tests_out(views: Views) -> OnTestsOut:
    """Return the tests that go on."""
    return OnTestsOut(items=_shown(views.store.on_tests.running(views.site, views.now), views))


def on_test_out(views: Views, test: OnTest) -> OnTestOut:
    """Return one test."""
    return _shown([test], views)[0]


def tested_until(views: Views) -> dict[DeviceCode, datetime]:
    """Return until when devices are on test; those that are not are left out."""
    running = views.store.on_tests.running(views.site, views.now)
    return {device: test.until for test in running for device in test.devices}


def _shown(tests: Sequence[OnTest], views: Views) -> list[OnTestOut]:
    counts = views.store.device_events.count_under(views.site, [test.id for test in tests])
    return [_shown_one(test, counts.get(test.id, 0), views) for test in tests]


def _shown_one(test: OnTest, events: int, views: Views) -> OnTestOut:
    latest = views.store.device_events.latest_under(views.site, test.id, limit=_LATEST)
    return OnTestOut(
        number=test.id,
        device=views.names.device(test.device) if test.device is not None else None,
        place=views.names.place(test.place),
        devices=[views.names.device(code) for code in test.devices],
        life_safety=test.life_safety,
        reason=test.reason,
        begun_by=views.names.person(test.begun_by),
        begun_at=test.begun_at,
        until=test.until,
        ended_at=test.ended_at,
        events=events,
        heard=[
            HeardOut(
                device=views.names.device(one.event.source.device),
                type=one.event.type.value,
                occurred_at=one.event.occurred_at,
            )
            for one in latest
        ],
    )
