"""What cameras say, by recorded words; the profiles that know them, and the pages about them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.facts import cloudevent
from core.facts.device import DeviceCode, EventType, SiteCode, System
from core.facts.place import Device, PlaceCode
from gateway.adapter import Adapter, Message, Reading, Verdict
from gateway.cctv import profile as profiles
from gateway.cctv.adapter import Cctv
from gateway.cctv.profile import BadCameraAddress, load, names, where
from gateway.decode import messages_from_jsonl
from gateway.profiles import BadProfile, UnknownProfile

ROOT = Path(__file__).parents[4]
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TELLING = [name for name in names() if load(name).tells != "nothing"]
CALLED = {"frigate": "10.0.0.5:5000/front", "frigate-reviews": "10.0.0.5:5000/front"}


def an_adapter(profile: str) -> Cctv:
    device = Device(
        code=DeviceCode("gate"),
        system=System.CCTV,
        name="北门",
        profile=profile,
        address=CALLED.get(profile, "10.0.0.6"),
        place=PlaceCode("gate"),
    )
    return Cctv(
        profile=load(profile), site=SiteCode("hq"), zone=ZoneInfo("Asia/Shanghai"), devices=[device]
    )


def recorded(profile: str) -> list[Message]:
    file = ROOT / "tests" / "recorded" / "cctv" / f"{profile}.jsonl"
    return list(messages_from_jsonl(file.read_text("utf-8").splitlines(), now=NOW))


def readings(profile: str) -> list[Reading]:
    adapter = an_adapter(profile)
    return [adapter.read(message) for message in recorded(profile)]


def words(profile: str) -> list[str]:
    """Return each reading as ``verdict``, with the event's type where one is told."""
    told = []
    for one in readings(profile):
        event = one.event.type.value if one.event and one.verdict is Verdict.EVENT else ""
        told.append(f"{one.verdict.value} {event}".strip())
    return told


def test_frigates_objects_are_told_once_they_enter_a_zone() -> None:
    assert words("frigate") == [
        "health",
        "health",
        "ignored",  # seen, in no zone
        "event alarm.raised",
        "stale",  # told before
        "stale",
        "ignored",  # a mistake, it says itself
        "ignored",  # a camera nobody knows
        "stale",  # from yesterday
        "stale",  # retained
        "unreadable",
        "event alarm.raised",
    ]
    assert readings("frigate")[-1].event.late  # type: ignore[union-attr]


def test_a_review_is_told_when_it_becomes_an_alert_be_it_in_an_update() -> None:
    assert words("frigate-reviews") == [
        "health",
        "ignored",
        "event alarm.raised",
        "stale",
        "stale",
        "event alarm.raised",
        "unreadable",
        "unreadable",
    ]


def test_hikvisions_alerts_are_episodes_and_its_heartbeat_is_none() -> None:
    assert words("hikvision") == [
        "health",
        "event camera.covered",
        "stale",  # each second again
        "ignored",
        "event alarm.raised",
        "event camera.restored",
        "event scene.left_object",
        "stale",  # the backlog of the day before yesterday
        "event alarm.raised",  # an hour late, in the site's own time
        "unreadable",  # a document type
        "ignored",
        "ignored",
    ]
    late = readings("hikvision")[8].event
    assert late is not None
    assert (late.late, late.occurred_at) == (True, datetime(2026, 11, 23, 7, 0, tzinfo=UTC))


def test_a_trouble_that_is_not_repeated_is_over_by_itself() -> None:
    adapter = an_adapter("hikvision")
    first = adapter.read(recorded("hikvision")[1])
    assert adapter.elapsed(NOW + timedelta(seconds=20)) == ()
    (over,) = adapter.elapsed(NOW + timedelta(seconds=60))
    assert first.event is not None
    assert (over.type, over.call) == (EventType.CAMERA_RESTORED, first.event.call)
    assert adapter.elapsed(NOW + timedelta(seconds=90)) == ()


@pytest.mark.parametrize("profile", TELLING)
def test_after_a_restart_nothing_is_told_again(profile: str) -> None:
    told = [one.event for one in readings(profile) if one.event and one.verdict is Verdict.EVENT]
    adapter: Adapter = an_adapter(profile)
    adapter.resume(told)
    again = [adapter.read(message) for message in recorded(profile)]
    new = {one.event.event_id for one in again if one.event and one.verdict is Verdict.EVENT}
    assert new - {event.event_id for event in told} == set()


@pytest.mark.parametrize("profile", TELLING)
def test_everything_it_tells_can_travel(profile: str) -> None:
    events = [one.event for one in readings(profile) if one.event]
    assert events
    for event in events:
        assert cloudevent.decode(cloudevent.encode(event)) == event


@pytest.mark.parametrize("profile", TELLING)
@given(payload=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_rubbish_is_never_an_event(profile: str, payload: bytes) -> None:
    topic = {"hikvision": "/hooks/hikvision/gate", "frigate": "frigate/events"}.get(
        profile, "frigate/reviews"
    )
    reading = an_adapter(profile).read(Message(topic=topic, payload=payload, received_at=NOW))
    assert reading.verdict in {Verdict.UNREADABLE, Verdict.IGNORED}


@pytest.mark.parametrize("name", names())
def test_every_profile_has_a_page_that_names_its_words(name: str) -> None:
    page = (ROOT / "docs" / "wire" / f"{name}.md").read_text("utf-8")
    for heading in ("## Address", "## Picture", "## What it tells", "## Sources"):
        assert heading in page
    codes = {code for rule in load(name).rule for code in rule.code if code != "*"}
    assert [code for code in codes if f"`{code}`" not in page] == []
    assert load(name).url in page


@pytest.mark.parametrize(
    ("profile", "address", "url"),
    [
        ("hikvision", "10.0.0.6", "http://10.0.0.6/ISAPI/Streaming/channels/101/picture"),
        ("hikvision", "10.0.0.6:81/201", "http://10.0.0.6:81/ISAPI/Streaming/channels/201/picture"),
        (
            "hikvision",
            "https://10.0.0.6",
            "https://10.0.0.6/ISAPI/Streaming/channels/101/picture",
        ),
        ("dahua", "10.0.0.6/3", "http://10.0.0.6/cgi-bin/snapshot.cgi?channel=3"),
        ("frigate", "nvr.lan:5000/front", "http://nvr.lan:5000/api/front/latest.jpg"),
        ("http-snapshot", "http://10.0.0.6/a?b=c", "http://10.0.0.6/a?b=c"),
        ("rtsp", "rtsp://10.0.0.6/live", "rtsp://10.0.0.6/live"),
    ],
)
def test_an_address_becomes_a_url(profile: str, address: str, url: str) -> None:
    assert where(load(profile), address).url == url


@pytest.mark.parametrize(
    ("profile", "address"),
    [
        ("http-snapshot", "10.0.0.6"),
        ("hikvision", "admin:pw@10.0.0.6"),
        ("hikvision", "10.0.0.6/../etc"),
        ("hikvision", "10.0.0.6/1 2"),
        ("hikvision", "rtsp://10.0.0.6/101"),
        ("dahua", "10.0.0.6/1&action=reboot"),
        ("dahua", ""),
    ],
)
def test_an_address_that_does_not_fit_is_refused(profile: str, address: str) -> None:
    with pytest.raises(BadCameraAddress):
        where(load(profile), address)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('name = "x"\ntitle = "t"\nway = "ftp"\nurl = "{address}"', "way"),
        ('name = "x"\ntitle = "t"\nway = "http"\nurl = "http://{hst}/"', "placeholder"),
        ('name = "x"\ntitle = "t"\nway = "http"\nurl = "{address}"\ncolour = 1', "colour"),
        ('name = "x"\ntitle = "t"\nway = "http"\nurl = "{address}"\ntells = "hikvision"', "rule"),
        ("name = ", "own.toml"),
    ],
)
def test_a_bad_profile_is_refused_with_its_key(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(BadProfile, match=reason):
        profiles.load(str(file))


def test_an_unknown_profile_is_guessed() -> None:
    with pytest.raises(UnknownProfile, match="did you mean 'hikvision'"):
        load("hikvison")
