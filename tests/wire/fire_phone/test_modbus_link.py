"""Fire-phone hosts polled over real sockets and serial lines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

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

from .hosts import Proxy, now, polled, until

#: The simulator's image must have every address that the shipped profile reads.
WHOLE: dict[str, Callable[[], Map]] = {
    "dry-contacts": lambda: DryContacts(inputs=8),
    "gst-two-bit": lambda: TwoBits(registers=9),
    "notifier-word": lambda: StatusWords(registers=64),
    "siemens-bit-table": lambda: BitTables(registers=4),
    "faast-event-log": EventLog,
}


#: Handset lifted, two reads that agree of all its blocks, and once more for what was under way.
SOON = 8


def asked(host: FirePhoneHost) -> int:
    return sum(host.host.asked.values())


def a_host(profile: str, *, extensions: int = 8) -> Host:
    return Host(map=WHOLE[profile](), extensions=extensions)


@pytest.mark.parametrize("profile", sorted(MAPS))
def test_a_lifted_handset_is_told_and_nothing_but_reads_is_sent(profile: str) -> None:
    with (
        FirePhoneHost(a_host(profile)) as host,
        polled(load(profile), {"fp-1": host.address}) as seen,
    ):
        until(seen.heard)
        seen.asked = lambda: asked(host)
        host.lift(5)
        before = asked(host)
        until(lambda: "fire_phone.calling 5" in seen.of())
        host.hang_up(5)
        until(lambda: seen.elapsed() or "fire_phone.ended 5" in seen.of())

        assert seen.asked_before[0] - before <= SOON
        assert seen.of() == ["fire_phone.calling 5", "fire_phone.ended 5"]
        assert asked(host) > 2
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
        with polled(profile, hosts, change=lambda one: replace(one, timeout=3600)) as seen:
            until(lambda: asked(mute) > 0 and asked(liar) > 0)
            before = asked(good)  # from now on two answers are waited for that never come
            until(lambda: asked(good) >= before + 8)
            good.lift(1)
            until(lambda: bool(seen.of("good")))

            assert asked(mute) == 1
            assert not seen.of("liar")


def test_a_mute_host_is_told_once_and_its_return_once() -> None:
    with (
        FirePhoneHost(a_host("dry-contacts")) as host,
        polled(load("dry-contacts"), {"fp-1": host.address}) as seen,
    ):
        until(seen.heard)
        host.perform(Action(act=Act.SILENCE))
        until(lambda: seen.elapsed() or bool(seen.of()))
        before = asked(host)
        until(lambda: seen.elapsed() or asked(host) >= before + 2)  # two more chances to tell it
        host.perform(Action(act=Act.BACK))
        until(lambda: len(seen.of()) == 2)

        assert seen.of() == ["device.silent None", "device.back None"]


def test_an_exception_on_a_block_marks_that_block_alone() -> None:
    own = load("siemens-bit-table")
    with (
        FirePhoneHost(Host(map=BitTables(talking=None, registers=4), extensions=64)) as host,
        polled(own, {"fp-1": host.address}) as seen,
    ):
        until(lambda: seen.elapsed() or "host.fault 1-control" in seen.of())
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
            until(lambda: "fire_phone.calling 2" in seen.of("one"))
            until(lambda: seen.elapsed() or bool(seen.of("two")))

        assert seen.of("two") == ["device.silent None"]
        assert seen.of("one") == ["fire_phone.calling 2"]


def test_an_edge_while_nobody_takes_scans_is_kept() -> None:
    with (
        FirePhoneHost(a_host("dry-contacts")) as host,
        polled(load("dry-contacts"), {"fp-1": host.address}) as seen,
    ):
        until(seen.heard)
        seen.room = False
        ends = list[datetime]()
        for _ in range(2):
            for act in (host.lift, host.hang_up):
                act(4)
                _is_scanned(host)
            ends.append(now())
        assert seen.of() == []
        seen.room = True
        until(lambda: len(seen.of()) == 4)

        assert seen.of() == ["fire_phone.calling 4", "fire_phone.ended 4"] * 2
        at = [one.occurred_at for one in seen.events]
        assert (
            at[0] < at[1] < ends[0] < at[2] < at[3] < ends[1]
        )  # when it was, not when it was told


def _is_scanned(host: FirePhoneHost) -> None:
    """Wait until what is so has been read twice, and whatever was under way before it."""
    before = asked(host)
    until(lambda: asked(host) >= before + 4)


def quick(profile: Profile) -> Profile:
    return replace(profile, form=profile.form.model_copy(update={"period": 0.02, "timeout": 0.15}))


#: What is wrong with the cable, and how often the link asks or connects before it is well again.
FAULTS: dict[str, tuple[dict[str, float | bool], int]] = {
    "jitter": ({"jitter": 0.3}, 5),
    "garbage": ({"garble": 0.3}, 15),
    "single bytes": ({"split": True}, 60),
    "late duplicates": ({"late_duplicate": 0.5}, 60),
    "lost pieces": ({"drop": 0.3}, 9),
    "half open": ({"half_open": True}, 2),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_bad_cable_invents_nothing_and_misses_nothing_afterwards(fault: str) -> None:
    with (
        FirePhoneHost(a_host("gst-two-bit")) as host,
        Proxy(("127.0.0.1", host.port)) as proxy,
        polled(quick(load("gst-two-bit")), {"fp-1": proxy.address}) as seen,
    ):
        faults, chances = FAULTS[fault]
        until(seen.heard)
        proxy.set(**faults)
        before = asked(host) + proxy.proxy.connections
        until(lambda: asked(host) + proxy.proxy.connections >= before + chances)
        invented = [one for one in seen.of() if not one.startswith("device.")]
        proxy.set()
        host.lift(7)
        until(lambda: "fire_phone.calling 7" in seen.of())

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
            connections = proxy.proxy.connections
            proxy.reset()
            until(lambda before=connections: proxy.proxy.connections > before)  # type: ignore[misc]
        host.lift(1)
        until(lambda: "fire_phone.calling 1" in seen.of())

        assert [one for one in seen.of() if one.startswith("fire")] == ["fire_phone.calling 1"]
