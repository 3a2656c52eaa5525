"""Devices on test: for a while what they say is logged and sounds nothing (A11)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import Incomplete, NotAllowedNow, NotFound, NotReadable, TooLongOnTest
from core.facts import moment
from core.facts.device import DeviceCode, DeviceEvent, SiteCode, System
from core.facts.journal import OnTestBegun, OnTestEnded
from core.facts.on_test import MOST_ON_TEST, OnTest
from core.facts.people import PersonCode
from core.facts.place import Device, Place, PlaceCode
from core.monitoring import holding
from core.monitoring.plan import left_standing, standing_kinds
from core.store.journal import THE_SITE
from core.store.store import Store


def begin(
    store: Store,
    *,
    site: SiteCode,
    device: DeviceCode | None,
    place: PlaceCode | None,
    lasts: timedelta,
    reason: str,
    by: PersonCode,
    now: datetime,
) -> OnTest:
    """Put a device on test, or all devices that hang at a place and below it.

    :raises TooLongOnTest: longer than a shift. :raises NotReadable: no time, or not one of both.
    :raises Incomplete: no reason is given, or no device hangs there.
    :raises NotFound: no such device or place. :raises NotAllowedNow: it is on test already.
    """
    if lasts > MOST_ON_TEST:
        raise TooLongOnTest
    if lasts <= timedelta(0) or (device is None) == (place is None):
        raise NotReadable("put a device or a place on test, for a minute up to eight hours")
    words = holding.said(reason, "a test needs a reason")
    store.journal.lock(site)
    wired = _wired(store, site, device=device, place=place)
    _check_free(store, site, wired, now=now)
    test = store.on_tests.begin(
        OnTest(
            id=0,
            site=site,
            device=device,
            place=place,
            devices=tuple(one.code for one in wired),
            life_safety=any(one.system is System.FIRE_PHONE for one in wired),
            reason=words,
            begun_by=by,
            begun_at=now,
            until=now + lasts,
            ended_at=None,
            ended_by=None,
        )
    )
    store.journal.append(site, THE_SITE, _begun(test), at=now, by=by)
    return test


def under(tests: Sequence[OnTest], event: DeviceEvent) -> int | None:
    """Return under which of the tests that go on an event comes, if any.

    What happened before a test began is no part of it, however late it is told; and what is told
    after its end sounds, whatever the device's clock says (see ADR 0055).
    """
    for test in tests:
        if event.source.device in test.devices and event.occurred_at >= test.begun_at:
            return test.id
    return None


def close(store: Store, test: OnTest, *, by: PersonCode | None, now: datetime) -> list[DeviceEvent]:
    """End a test; return what was raised under it and still stands, as news of this moment.

    :param by: who ends it; None: its time is up.
    """
    store.journal.lock(test.site)
    said = store.device_events.under(test.site, test.id, kinds=standing_kinds())
    standing = [replace(event, occurred_at=now) for event in left_standing(said)]
    entry = OnTestEnded(
        on_test=test.id,
        events=store.device_events.count_under(test.site, [test.id]).get(test.id, 0),
        standing=len(standing),
        by_time=True if by is None else None,
    )
    store.journal.append(test.site, THE_SITE, entry, at=now, by=by)
    store.on_tests.end(test, by=by, now=now)
    return standing


def _wired(
    store: Store, site: SiteCode, *, device: DeviceCode | None, place: PlaceCode | None
) -> list[Device]:
    if device is not None:
        found = store.sites.device(site, device)
        if found is None:
            raise NotFound(f"device {device!r} is not known here")
        return [found.device]
    assert place is not None
    store.sites.place(site, place)
    below = _below(store.sites.places(site), place)
    wired = [one.device for one in store.sites.devices(site) if one.device.place in below]
    if not wired:
        raise Incomplete(f"no device hangs at {place!r}")
    return wired


def _below(places: Sequence[Place], root: PlaceCode) -> set[PlaceCode]:
    """Return a place and everything beneath it, whatever rings the tree has."""
    found = {root}
    more = True
    while more:
        fresh = {one.code for one in places if one.parent in found} - found
        found |= fresh
        more = bool(fresh)
    return found


def _check_free(store: Store, site: SiteCode, wired: Sequence[Device], *, now: datetime) -> None:
    wanted = {one.code for one in wired}
    for test in store.on_tests.running(site, now):
        both = sorted(wanted.intersection(test.devices))
        if both:
            until = moment.text(test.until)
            raise NotAllowedNow(f"device {both[0]} is on test already, until {until}")


def _begun(test: OnTest) -> OnTestBegun:
    return OnTestBegun(
        on_test=test.id,
        devices=tuple(test.devices),
        reason=test.reason,
        until_at=moment.text(test.until),
        device=test.device,
        place=test.place,
        life_safety=test.life_safety or None,
    )
