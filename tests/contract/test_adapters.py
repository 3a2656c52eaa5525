"""The same questions to every access-control dialect (the adapter checklist)."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.facts import cloudevent
from core.facts.device import EventType, SiteCode, System
from core.facts.place import Device, PlaceCode
from gateway.access_control.adapter import AccessControl
from gateway.access_control.profile import Profile, load, names
from gateway.adapter import Adapter, Message, Reading, Verdict
from gateway.decode import messages_from_jsonl

ROOT = Path(__file__).parents[2]
RECORDED = ROOT / "tests" / "recorded" / "access_control"
PAGES = ROOT / "docs" / "wire"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
#: What a press may become.
PRESSES = {EventType.INTERCOM_RINGING, EventType.INTERCOM_MISSED, EventType.HELP_PRESSED}


@pytest.fixture(params=names())
def profile(request: pytest.FixtureRequest) -> Profile:
    return load(request.param)


def an_adapter(profile: Profile, *, silent_after: float | None = None) -> AccessControl:
    address = bare_adapter(profile, {}).read(first_live(profile)).device
    assert address is not None
    device = Device(
        code=address,
        system=System.ACCESS_CONTROL,
        name=address,
        profile=profile.name,
        address=address,
        place=PlaceCode("lobby"),
        silent_after=silent_after,
    )
    return bare_adapter(profile, {address: device})


def bare_adapter(profile: Profile, devices: dict[str, Device]) -> AccessControl:
    return AccessControl(
        profile=profile,
        site=SiteCode("hq"),
        zone=ZoneInfo("Asia/Shanghai"),
        devices=devices,
        card_key=b"k",
    )


def recorded(profile: Profile) -> list[Message]:
    lines = (RECORDED / f"{profile.name}.jsonl").read_text(encoding="utf-8").splitlines()
    return list(messages_from_jsonl(lines, now=NOW))


def readings_of(profile: Profile, devices: dict[str, Device]) -> list[Reading]:
    adapter = bare_adapter(profile, devices)
    return [adapter.read(message) for message in recorded(profile)]


def first_live(profile: Profile) -> Message:
    """Return the first recorded message that opens something, or else tells who was there."""
    adapter = bare_adapter(profile, {})
    telling = [
        message
        for message in recorded(profile)
        if adapter.read(message).verdict in {Verdict.EVENT, Verdict.HINT}
    ]
    return telling[0]


def test_it_keeps_the_adapters_contract(profile: Profile) -> None:
    adapter: Adapter = an_adapter(profile)
    assert isinstance(adapter.topics, tuple)
    assert bool(adapter.topics) is (profile.form.transport == "mqtt")


def test_it_has_a_page_about_its_wire_and_recorded_messages(profile: Profile) -> None:
    page = (PAGES / f"{profile.name}.md").read_text(encoding="utf-8")
    for heading in ("## Topics", "## Bodies", "## Time", "## Vocabulary", "## Sources"):
        assert heading in page
    assert len(recorded(profile)) >= 8


def test_its_page_names_every_word_of_its_vocabulary(profile: Profile) -> None:
    page = (PAGES / f"{profile.name}.md").read_text(encoding="utf-8").casefold()
    words = {code for rule in profile.form.rule for code in (*rule.code, *rule.starts)}
    missing = {word for word in words if word.casefold() not in page}
    assert not missing


def test_everything_it_tells_can_travel(profile: Profile) -> None:
    events = [one.event for one in readings_of(profile, {}) if one.event]
    assert events
    for event in events:
        assert cloudevent.decode(cloudevent.encode(event)) == event


def test_rubbish_is_survived_and_the_next_message_read(profile: Profile) -> None:
    adapter = bare_adapter(profile, {})
    live = first_live(profile)
    for payload in (b"\xff\x00", b"{" * 100_000, b'{"a":', b"x" * 2_000_000):
        message = Message(topic=live.topic, payload=payload, received_at=live.received_at)
        assert adapter.read(message).verdict in {Verdict.UNREADABLE, Verdict.IGNORED}

    assert adapter.read(live).verdict in {Verdict.EVENT, Verdict.HINT}


def test_told_twice_at_once_it_opens_once(profile: Profile) -> None:
    adapter = bare_adapter(profile, {})
    live = first_live(profile)
    first, again = adapter.read(live), adapter.read(live)

    assert first.event is not None
    assert again.verdict in {Verdict.STALE, Verdict.IGNORED}
    assert again.event is None or again.event.event_id == first.event.event_id


def test_retained_opens_nothing(profile: Profile) -> None:
    adapter = bare_adapter(profile, {})
    for message in recorded(profile):
        kept = Message(
            topic=message.topic,
            payload=message.payload,
            received_at=message.received_at,
            retained=True,
        )
        reading = adapter.read(kept)
        assert reading.verdict not in {Verdict.EVENT, Verdict.HINT}
        assert reading.event is None or reading.event.stale


def test_a_press_that_is_a_week_old_opens_nothing(profile: Profile) -> None:
    dated = [one for one in readings_of(profile, {}) if one.event and not one.event.time_estimated]
    if not dated:
        pytest.skip("this dialect tells no time")
    adapter = bare_adapter(profile, {})
    for message in recorded(profile):
        reading = adapter.read(
            Message(
                topic=message.topic,
                payload=message.payload,
                received_at=message.received_at + timedelta(days=7),
            )
        )
        if reading.event and not reading.event.time_estimated:
            assert (reading.verdict, reading.event.stale) == (Verdict.STALE, True)


def test_a_restart_in_the_middle_doubles_no_press(profile: Profile) -> None:
    messages = recorded(profile)
    whole = readings_of(profile, {})
    before, after = bare_adapter(profile, {}), bare_adapter(profile, {})
    half = len(messages) // 2
    readings = [before.read(message) for message in messages[:half]]
    after.resume([one.event for one in readings if one.event])
    readings += [after.read(message) for message in messages[half:]]

    assert _presses(readings) == _presses(whole)


def test_gone_is_told_once_and_back_once(profile: Profile) -> None:
    adapter = an_adapter(profile, silent_after=60)
    live = first_live(profile)
    at = live.received_at
    adapter.elapsed(at - timedelta(hours=1))
    told = [*adapter.elapsed(at - timedelta(minutes=30)), *adapter.elapsed(at)]
    device = adapter.read(live).device
    told += [*adapter.elapsed(at), *adapter.elapsed(at + timedelta(seconds=1))]

    assert [event.type for event in told if event.source.device == device] == [
        EventType.DEVICE_SILENT,
        EventType.DEVICE_BACK,
    ]
    assert len({event.call for event in told}) == 1


def test_a_recording_is_as_decode_wants_it(profile: Profile) -> None:
    lines = (RECORDED / f"{profile.name}.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert set(json.loads(line)) <= {
            "topic", "retained", "received_at", "payload", "payload_hex",
        }  # fmt: skip


def _presses(readings: list[Reading]) -> set[str]:
    return {
        reading.event.call
        for reading in readings
        if reading.verdict is Verdict.EVENT
        and reading.event
        and reading.event.call
        and reading.event.type in PRESSES
    }
