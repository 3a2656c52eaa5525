"""GB/T 26875.3: frames out of any stream, and what they mean."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.facts.device import DeviceEvent, SiteCode
from gateway.adapter import Message, Reading, Verdict
from gateway.fire_phone import gb_body
from gateway.fire_phone.gb_adapter import FirePhoneSenders
from gateway.fire_phone.gb_frame import Framer
from gateway.fire_phone.profile import load
from simulators.fire_phone_host import gb26875 as wire

SAMPLE = bytes.fromhex(
    "40 40 14 00 10 00 05 09 09 1b 07 15 2c 31 2c 32 00 00 78 4d 07 91 8e 23 30 00 02 02 01 01 01"
    "2a 01 00 01 00 02 00 31 ba c5 bd d3 bf da b0 e5 31 bb d8 c2 b7 31 ba c5 00 ba c5 d6 f7 bb fa"
    "f8 98 cf a0 00 00 00 25 11 03 01 06 0c 47 23 23"
)
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 5, 1, 16, 0, tzinfo=ZONE)
SOURCE = bytes.fromhex("010203040506")
TOPIC = f"gb26875/{SOURCE.hex()}"


def a_frame(unit: bytes, *, serial: int = 1, at: datetime = AT) -> bytes:
    return wire.Frame(
        serial=serial, command=wire.SEND, at=at, source=SOURCE, destination=bytes(6), unit=unit
    ).encode()


def an_extension(number: int, status: int, *, at: datetime = AT, serial: int = 1) -> bytes:
    return a_frame(wire.component(number, status, text="水泵房", at=at), serial=serial, at=at)


LIFTED, TALKS, CUT = 1 << 5, 1 << 5 | 1 << 6, 1 << 2


class Ear:
    def __init__(self) -> None:
        self.adapter = FirePhoneSenders(
            profile=load("gb26875"), site=SiteCode("hq"), zone=ZONE, devices={}
        )
        self.events: list[DeviceEvent] = []

    def hears(self, payload: bytes, *, at: datetime = AT) -> Reading:
        received = at.astimezone(UTC) + timedelta(seconds=1)
        reading = self.adapter.read(Message(topic=TOPIC, payload=payload, received_at=received))
        self.events += [] if reading.event is None else [reading.event, *reading.also]
        return reading

    @property
    def said(self) -> list[str]:
        return [f"{one.type.value} {one.subject}" for one in self.events]


def test_the_documented_frame() -> None:
    (frame,) = Framer().feed(SAMPLE)
    _, (item,) = gb_body.items(frame)

    assert (frame.serial, frame.command) == (20, 2)
    assert item.text == "1号接口板1回路1号"  # what stands after NUL is from an older message
    assert (item.system, item.component_type, item.component) == (1, 42, 65537)
    assert gb_body.moment(frame.time, ZONE, near=AT) == datetime(2021, 7, 27, 1, 9, 5, tzinfo=UTC)


def test_the_documented_frame_is_a_fire_alarm() -> None:
    ear = Ear()
    reading = ear.adapter.read(
        Message(
            topic="gb26875/x",
            payload=SAMPLE,
            received_at=datetime(2021, 7, 27, 1, 9, 6, tzinfo=UTC),
        )
    )

    assert reading.verdict is Verdict.EVENT
    assert reading.event is not None
    assert reading.event.type.value == "fire.alarm"
    assert reading.event.data["text"] == "1号接口板1回路1号"
    assert reading.event.time_estimated  # the panel's clock is nine years behind its transmitter's


def test_a_confirmation_has_the_same_serial_and_swapped_addresses() -> None:
    (frame,) = Framer().feed(SAMPLE)
    (answer,) = Framer().feed(frame.confirmation())

    assert (answer.serial, answer.command, answer.data) == (20, 3, b"")
    assert (answer.source, answer.destination) == (frame.destination, frame.source)


@given(
    st.lists(st.integers(0, 64), min_size=1, max_size=6),
    st.lists(st.integers(1, 60), max_size=40),
    st.binary(max_size=30),
)
def test_frames_come_out_however_the_stream_is_cut(
    numbers: list[int], cuts: list[int], rubbish: bytes
) -> None:
    frames = [an_extension(n, LIFTED, serial=k) for k, n in enumerate(numbers)]
    stream = rubbish.replace(b"@", b"") + b"".join(frames)
    framer, found = Framer(), []
    for cut in cuts:
        found += framer.feed(stream[:cut])
        stream = stream[cut:]
    found += framer.feed(stream)

    assert [one.raw for one in found] == frames


@given(st.binary(max_size=200), st.integers(0, 70))
def test_after_any_rubbish_the_next_whole_frames_are_found(rubbish: bytes, cut: int) -> None:
    good = an_extension(7, LIFTED)

    found = Framer().feed(rubbish + SAMPLE[:cut] + good + good)

    assert [one.raw for one in found][-1:] == [good]


@pytest.mark.parametrize("place", range(2, len(SAMPLE)))
def test_a_changed_byte_is_no_frame(place: int) -> None:
    broken = bytearray(SAMPLE)
    broken[place] ^= 0x10

    assert Framer().feed(bytes(broken)) == []


def test_one_conversation_is_one_call() -> None:
    ear = Ear()
    for second, status in enumerate((LIFTED, LIFTED, TALKS, 0)):
        at = AT + timedelta(seconds=second)
        ear.hears(an_extension(7, status, at=at, serial=second), at=at)

    assert ear.said == ["fire_phone.calling 7", "fire_phone.talking 7", "fire_phone.ended 7"]
    assert len({one.call for one in ear.events}) == 1
    assert ear.events[0].occurred_at == AT
    assert ear.events[0].data["text"] == "水泵房"


def test_what_is_told_again_under_a_new_serial_is_told_before() -> None:
    ear = Ear()
    ear.hears(an_extension(7, LIFTED, serial=900))
    ear.hears(an_extension(7, 0, at=AT + timedelta(seconds=5)), at=AT + timedelta(seconds=5))

    again = ear.hears(an_extension(7, LIFTED, serial=0), at=AT + timedelta(seconds=6))

    assert again.verdict is Verdict.STALE
    assert len(ear.events) == 2


@pytest.mark.parametrize("clock", [AT, AT - timedelta(days=26 * 365)])
def test_a_second_call_under_a_clock_that_stands_still_is_a_call(clock: datetime) -> None:
    ear = Ear()
    for serial, status in enumerate((LIFTED, 0, LIFTED, LIFTED, 0)):
        received = AT + timedelta(seconds=5 * serial)
        ear.hears(an_extension(7, status, at=clock, serial=serial), at=received)

    assert ear.said == ["fire_phone.calling 7", "fire_phone.ended 7"] * 2
    assert ear.events[0].call != ear.events[2].call


def test_the_very_same_frame_is_told_before_though_the_clock_stands_still() -> None:
    ear = Ear()
    for serial, status in ((1, LIFTED), (2, 0), (1, LIFTED)):
        ear.hears(an_extension(7, status, serial=serial))

    assert ear.said == ["fire_phone.calling 7", "fire_phone.ended 7"]


@pytest.mark.parametrize("times", [0, 1])
def test_objects_with_one_time_behind_them_all_or_none_are_read(times: int) -> None:
    one, other = (wire.component(n, LIFTED, text="泵房", at=AT) for n in (1, 2))
    length = len(one) - 2 - 6
    unit = bytes([2, 2]) + one[2 : 2 + length] + other[2 : 2 + length] + one[-6:] * times
    ear = Ear()
    ear.hears(a_frame(unit))

    assert ear.said == ["fire_phone.calling 1", "fire_phone.calling 2"]


@pytest.mark.parametrize("system", [0, 2, 127, 200, 255])
def test_an_unknown_systems_alarm_is_an_alarm_and_its_start_is_none(system: int) -> None:
    ear = Ear()
    for status in (1 << 5, 1 << 1):
        unit = bytearray(wire.component(1, status, text="", at=AT))
        unit[2] = system
        ear.hears(a_frame(bytes(unit)))

    assert ear.said == [f"fire.alarm {system}-1"]


def test_the_same_serial_with_other_content_is_something_else() -> None:
    ear = Ear()
    ear.hears(an_extension(7, LIFTED, serial=3))
    ear.hears(an_extension(8, LIFTED, serial=3))

    assert ear.said == ["fire_phone.calling 7", "fire_phone.calling 8"]


def test_an_alarm_told_anew_much_later_is_a_new_one() -> None:
    ear = Ear()
    later = AT + timedelta(minutes=20)
    ear.hears(an_extension(7, 1 << 1))
    ear.hears(an_extension(7, 1 << 1, at=AT + timedelta(seconds=30)))
    ear.hears(an_extension(7, 1 << 1, at=later), at=later)

    assert ear.said == ["fire.alarm 7", "fire.alarm 7"]
    assert ear.events[0].call != ear.events[1].call


def test_faults_of_line_and_power_come_and_go() -> None:
    ear = Ear()
    ear.hears(an_extension(7, CUT))
    ear.hears(a_frame(wire.system(1 << 8, at=AT)))
    ear.hears(an_extension(7, 0, at=AT + timedelta(seconds=9)), at=AT + timedelta(seconds=9))
    ear.hears(a_frame(wire.system(0, at=AT + timedelta(seconds=9))), at=AT + timedelta(seconds=9))

    assert ear.said == [
        "line.fault 7",
        "host.fault system 24-1",
        "line.restored 7",
        "host.restored system 24-1",
    ]
    assert ear.events[1].data["fault"] == "mains"


def test_a_reset_ends_alarms_and_leaves_faults() -> None:
    ear = Ear()
    ear.hears(an_extension(7, 1 << 1))
    ear.hears(an_extension(8, CUT))
    ear.hears(a_frame(wire.system(1 << 13, at=AT)))

    assert ear.said == ["fire.alarm 7", "line.fault 8", "alarm.cleared 7"]


def test_several_frames_of_one_message_are_all_read() -> None:
    ear = Ear()
    ear.hears(an_extension(1, LIFTED) + an_extension(2, CUT))

    assert ear.said == ["fire_phone.calling 1", "line.fault 2"]


def test_bits_without_a_meaning_are_said() -> None:
    reading = Ear().hears(an_extension(7, 1 << 14))

    assert (reading.verdict, reading.event) == (Verdict.IGNORED, None)
    assert "14" in reading.reason


def test_a_wrong_clock_never_makes_old_news_of_a_call() -> None:
    ear = Ear()
    wrong = AT - timedelta(days=400)
    reading = ear.hears(an_extension(7, LIFTED, at=wrong))
    fault = ear.hears(an_extension(8, CUT, at=wrong))

    assert reading.verdict is Verdict.EVENT
    assert reading.event is not None
    assert reading.event.time_estimated
    assert fault.verdict is Verdict.STALE


def test_a_call_told_late_is_late() -> None:
    ear = Ear()
    ear.hears(an_extension(7, LIFTED), at=AT + timedelta(minutes=30))

    assert ear.events[0].late
    assert ear.events[0].occurred_at == AT


def test_decimal_half_bytes_are_read_as_the_time_that_is_near() -> None:
    decimal = bytes.fromhex("300016010526")

    assert gb_body.moment(decimal, ZONE, near=AT) == AT + timedelta(seconds=30)
    assert gb_body.moment(bytes.fromhex("ffffffffffff"), ZONE, near=AT) is None


@pytest.mark.parametrize("payload", [b"", b"@@", SAMPLE[:40], b"\xff" * 300, SAMPLE[:-1] + b"!"])
def test_rubbish_is_unreadable(payload: bytes) -> None:
    assert Ear().hears(payload).verdict is Verdict.UNREADABLE


def test_objects_that_do_not_fit_are_unreadable() -> None:
    assert Ear().hears(a_frame(b"\x02\x09" + bytes(46))).verdict is Verdict.UNREADABLE


def test_a_restart_goes_on_with_the_call() -> None:
    ear, fresh = Ear(), Ear()
    ear.hears(an_extension(7, LIFTED))
    fresh.adapter.resume(ear.events)
    later = AT + timedelta(seconds=3)
    fresh.hears(an_extension(7, LIFTED))
    fresh.hears(an_extension(7, 0, at=later), at=later)

    assert fresh.said == ["fire_phone.ended 7"]
    assert fresh.events[0].call == ear.events[0].call
