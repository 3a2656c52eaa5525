"""A power cut folds what it silences under one row; what stays silent comes back (D5)."""

import json
from datetime import timedelta

import pytest

from core.facts.device import DeviceCode, EventType, SiteCode, System
from core.facts.place import Device, PlaceCode, Site
from core.facts.report import Cause, Report
from core.monitoring import service as monitoring
from tests.office import OPERATOR, ZONE, Office

RISER, SWITCH = DeviceCode("riser-3"), DeviceCode("switch-3-2")
DOORS = tuple(DeviceCode(f"door-3-2-{at}") for at in range(40))


@pytest.fixture
def wired(office: Office) -> Office:
    """An office in which a riser feeds a switch, and the switch forty doors."""
    parents: dict[DeviceCode, DeviceCode | None] = {RISER: None, SWITCH: RISER}
    parents |= dict.fromkeys(DOORS, SWITCH)
    devices = {code: _device(code, parent) for code, parent in parents.items()}
    site = Site(code=SiteCode(office.site), name="示范小区", zone=ZONE.key, devices=devices)
    with office.database.begin() as store:
        store.sites.seed(site)
    return office


def _device(code: DeviceCode, parent: DeviceCode | None) -> Device:
    return Device(
        code=code,
        system=System.ACCESS_CONTROL,
        name=code,
        profile="native",
        address=code,
        place=PlaceCode("3-2"),
        parent=parent,
    )


def silent(office: Office, *devices: DeviceCode) -> None:
    office.hears(*(office.event(EventType.DEVICE_SILENT, device=one) for one in devices))


def fails(office: Office, device: DeviceCode = RISER) -> Report:
    office.hears(office.event(EventType.HOST_FAULT, device=device))
    return next(one for one in office.queue() if one.device == device)


def under(office: Office, cause: Report) -> list[Report]:
    with office.database.read() as store:
        return store.folds.under(office.site, cause.number)


def test_what_falls_silent_stands_under_the_trouble_that_feeds_it(wired: Office) -> None:
    cause = fails(wired)
    silent(wired, SWITCH, *DOORS)

    assert [report.number for report in wired.queue()] == [cause.number]
    assert len(under(wired, cause)) == 41
    said = json.loads(wired.journal(under(wired, cause)[7].issue)[-1].body)
    assert (said["cause"], said["device"]) == (cause.number, RISER)


def test_told_the_other_way_round_it_is_the_same(wired: Office) -> None:
    silent(wired, *DOORS)
    assert len(wired.queue()) == 40
    wired.fast_forward(minutes=9)
    cause = fails(wired)

    assert [report.number for report in wired.queue()] == [cause.number]
    assert len(under(wired, cause)) == 40


def test_a_silence_of_long_before_is_not_of_it(wired: Office) -> None:
    silent(wired, DOORS[0])
    wired.fast_forward(minutes=11)
    cause = fails(wired)

    assert len(wired.queue()) == 2
    assert under(wired, cause) == []


def test_what_is_not_fed_by_it_stands_alone(wired: Office) -> None:
    cause = fails(wired, DOORS[0])
    silent(wired, DOORS[1], DeviceCode("elsewhere"))

    assert len(wired.queue()) == 3
    assert under(wired, cause) == []


def test_the_trouble_clears_who_comes_back_is_gone_who_does_not_stands_alone(
    wired: Office,
) -> None:
    fails(wired)
    silent(wired, *DOORS[:3])
    wired.hears(wired.event(EventType.HOST_RESTORED, device=RISER))
    wired.tick()
    wired.hears(wired.event(EventType.DEVICE_BACK, device=DOORS[0]))
    wired.fast_forward(seconds=119)
    assert wired.queue() == []
    wired.fast_forward(seconds=1)

    back = wired.queue()
    assert [report.device for report in back] == [DOORS[1], DOORS[2]]
    assert wired.kinds(back[0].issue) == ["opened", "put_under", "stands_alone"]


def test_a_trouble_that_somebody_ends_lets_them_go_as_well(wired: Office) -> None:
    cause = fails(wired)
    silent(wired, DOORS[0])
    wired.claim(cause)
    wired.does(
        monitoring.dismiss, report=cause.number, by=OPERATOR, cause=Cause.TEST, reason="检修"
    )
    wired.tick()
    wired.fast_forward(minutes=2)

    assert [report.device for report in wired.queue()] == [DOORS[0]]


def test_life_safety_and_calls_never_stand_under_anything(wired: Office) -> None:
    fails(wired)
    wired.hears(
        wired.event(EventType.HELP_PRESSED, call="help", device=DOORS[0]),
        wired.event(EventType.INTERCOM_RINGING, call="call", device=DOORS[0]),
        wired.event(EventType.DOOR_FORCED, device=DOORS[0]),
    )

    assert len(wired.queue()) == 4


def test_a_gateway_that_is_cut_off_silences_no_device(wired: Office) -> None:
    """Only a gateway tells of silences: while it is not heard there are none, and it is late."""
    with wired.database.begin() as store:
        store.gateways.register(wired.site, "gateway-1", token_hash="0" * 64)
        store.gateways.beat(
            wired.site,
            "gateway-1",
            now=wired.now,
            spooled=0,
            oldest_at=None,
            quarantined=0,
            counts={},
        )
        store.sites.heard(wired.site, dict.fromkeys(DOORS, wired.now))
    wired.fast_forward(days=1)

    assert wired.queue() == []
    with wired.database.read() as store:
        assert [one for one in store.sites.devices(wired.site) if one.silent_since] == []
        (gateway,) = store.gateways.all(wired.site)
    assert gateway.last_heard_at is not None
    assert wired.now - gateway.last_heard_at == timedelta(days=1)


def test_whoever_takes_one_in_hand_has_it_out(wired: Office) -> None:
    cause = fails(wired)
    silent(wired, *DOORS[:2])
    claimed = wired.claim(under(wired, cause)[0])

    assert claimed.number in [report.number for report in wired.queue()]
    assert len(under(wired, cause)) == 1
