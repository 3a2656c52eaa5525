"""Fire-phone hosts polled over real sockets and serial lines."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from gateway.fire_phone.profile import Profile, load
from simulators.action import Act, Action
from simulators.fire_phone_host.host import Host
from simulators.fire_phone_host.maps import (
    MAPS,
    BitTables,
    DryContacts,
    EventLog,
    Map,
    StatusWords,
    TwoBits,
)
from simulators.fire_phone_host.wire import Cable, FirePhoneHost

from .hosts import Proxy, polled, until

#: The simulator's image must have every address that the shipped profile reads.
WHOLE: dict[str, Callable[[], Map]] = {
    "dry-contacts": lambda: DryContacts(inputs=8),
    "gst-two-bit": lambda: TwoBits(registers=9),
    "notifier-word": lambda: StatusWords(registers=64),
    "siemens-bit-table": lambda: BitTables(registers=4),
    "faast-event-log": EventLog,
}


def a_host(profile: str, *, extensions: int = 8) -> Host:
    return Host(map=WHOLE[profile](), extensions=extensions)


@pytest.mark.parametrize("profile", sorted(MAPS))
def test_a_lifted_handset_is_told_and_nothing_but_reads_is_sent(profile: str) -> None:
    with (
        FirePhoneHost(a_host(profile)) as host,
        polled(load(profile), {"fp-1": host.address}) as seen,
    ):
        until(seen.heard)
        host.lift(5)
        took = until(lambda: "fire_phone.calling 5" in seen.of())
        host.hang_up(5)
        until(lambda: seen.elapsed() or "fire_phone.ended 5" in seen.of())

        assert took < 3
        assert seen.of() == ["fire_phone.calling 5", "fire_phone.ended 5"]
        assert sum(host.host.asked.values()) > 2
        assert host.host.written == 0
        assert set(host.host.asked) <= {1, 2, 3, 4}


@pytest.mark.parametrize("cable", list(Cable))
def test_each_cable_carries_the_same(cable: Cable) -> None:
    with (
        FirePhoneHost(a_host("siemens-bit-table"), cable=cable) as host,
        polled(load("siemens-bit-table"), {"fp-1": host.address}) as seen,
    ):
        until(seen.heard)
        host.lift(3)
        until(lambda: "fire_phone.calling 3" in seen.of())
        host.take(3)
        until(lambda: "fire_phone.talking 3" in seen.of())
        host.cut_line(4)
        until(lambda: "line.fault 4" in seen.of())

        assert len({one.call for one in seen.events[:2]}) == 1
        assert host.host.written == 0


def test_dead_slow_and_lying_hosts_delay_nobody() -> None:
    profile = load("dry-contacts")
    with (
        FirePhoneHost(a_host("dry-contacts")) as good,
        FirePhoneHost(a_host("dry-contacts")) as mute,
        FirePhoneHost(a_host("dry-contacts")) as liar,
    ):
        mute.perform(Action(act=Act.SILENCE))
        liar.garbled(share=1.0)
        hosts = {"good": good.address, "mute": mute.address, "liar": liar.address}
        hosts["dead"] = "tcp://127.0.0.1:1"
        with polled(profile, hosts) as seen:
            until(lambda: seen.heard("good"))
            time.sleep(1.0)
            asked = sum(good.host.asked.values())
            time.sleep(2.0)
            scans = sum(good.host.asked.values()) - asked
            good.lift(1)
            took = until(lambda: bool(seen.of("good")))

    assert scans >= 6  # eight are due in two seconds
    assert took < 1.0
    assert not seen.of("liar")


def test_a_mute_host_is_told_once_and_its_return_once() -> None:
    with (
        FirePhoneHost(a_host("dry-contacts")) as host,
        polled(load("dry-contacts"), {"fp-1": host.address}) as seen,
    ):
        until(seen.heard)
        host.perform(Action(act=Act.SILENCE))
        began = time.monotonic()
        until(lambda: seen.elapsed() or bool(seen.of()), within=10)
        assert time.monotonic() - began < 10
        time.sleep(1)
        host.perform(Action(act=Act.BACK))
        until(lambda: len(seen.of()) == 2, within=15)

        assert seen.of() == ["device.silent None", "device.back None"]


def test_an_exception_on_a_block_marks_that_block_alone() -> None:
    own = load("siemens-bit-table")
    with (
        FirePhoneHost(Host(map=BitTables(talking=None, registers=4), extensions=64)) as host,
        polled(own, {"fp-1": host.address}) as seen,
    ):
        until(lambda: seen.elapsed() or "host.fault 1-control" in seen.of(), within=12)
        host.lift(9)
        until(lambda: any(one.startswith("line") for one in seen.of()) or len(seen.deliveries) > 5)
        host.cut_line(8)
        until(lambda: "line.fault 8" in seen.of())

        assert "device.silent None" not in seen.of()
        assert host.host.written == 0


def test_units_of_one_line_are_polled_in_turn_and_a_lost_one_rests() -> None:
    profile = load("dry-contacts")
    with FirePhoneHost(a_host("dry-contacts")) as host:
        line = host.address.partition("?")[0]
        with polled(profile, {"one": f"{line}?unit=1", "two": f"{line}?unit=9"}) as seen:
            until(lambda: seen.heard("one"))
            host.lift(2)
            until(lambda: "fire_phone.calling 2" in seen.of("one"), within=3)
            until(lambda: seen.elapsed() or bool(seen.of("two")), within=12)

        assert seen.of("two") == ["device.silent None"]
        assert seen.of("one") == ["fire_phone.calling 2"]


def test_an_edge_while_nobody_takes_scans_is_kept() -> None:
    with (
        FirePhoneHost(a_host("dry-contacts")) as host,
        polled(load("dry-contacts"), {"fp-1": host.address}) as seen,
    ):
        until(seen.heard)
        seen.room = False
        for _ in range(2):
            host.lift(4)
            time.sleep(0.6)
            host.hang_up(4)
            time.sleep(0.6)
        assert seen.of() == []
        seen.room = True
        until(lambda: len(seen.of()) == 4)

        assert seen.of() == ["fire_phone.calling 4", "fire_phone.ended 4"] * 2
        gaps = seen.events[2].occurred_at - seen.events[0].occurred_at
        assert 0.8 < gaps.total_seconds() < 2.0


def quick(profile: Profile) -> Profile:
    return replace(profile, form=profile.form.model_copy(update={"period": 0.02, "timeout": 0.15}))


FAULTS: dict[str, dict[str, float | bool]] = {
    "jitter": {"jitter": 0.3},
    "garbage": {"garble": 0.3},
    "single bytes": {"split": True},
    "late duplicates": {"late_duplicate": 0.5},
    "lost pieces": {"drop": 0.3},
    "half open": {"half_open": True},
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_bad_cable_invents_nothing_and_misses_nothing_afterwards(fault: str) -> None:
    with (
        FirePhoneHost(a_host("gst-two-bit")) as host,
        Proxy(("127.0.0.1", host.port)) as proxy,
        polled(quick(load("gst-two-bit")), {"fp-1": proxy.address}) as seen,
    ):
        until(seen.heard)
        proxy.set(**FAULTS[fault])
        time.sleep(2.5)
        invented = [one for one in seen.of() if not one.startswith("device.")]
        proxy.set()
        host.lift(7)
        until(lambda: "fire_phone.calling 7" in seen.of(), within=15)

        assert invented == []
        calls = [one for one in seen.of() if one.startswith("fire")]
        assert calls == ["fire_phone.calling 7"]


def test_a_reset_line_is_opened_anew() -> None:
    with (
        FirePhoneHost(a_host("dry-contacts")) as host,
        Proxy(("127.0.0.1", host.port)) as proxy,
        polled(load("dry-contacts"), {"fp-1": proxy.address}) as seen,
    ):
        until(seen.heard)
        for _ in range(3):
            proxy.reset()
            time.sleep(0.5)
        host.lift(1)
        until(lambda: seen.of() == ["fire_phone.calling 1"], within=8)

        assert proxy.proxy.connections >= 2
