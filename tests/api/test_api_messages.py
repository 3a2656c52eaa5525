"""Messages on the wire: a real centre, messengers that check as real ones do (J1, J3 to J5)."""

import base64
import json
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid

from api.settings import Settings
from core.facts.device import EventType
from core.facts.message import Messenger, MessengerCode, MessengerKind
from core.facts.people import Role
from core.store.database import Database
from core.tick import tick
from simulators.messengers import Messengers
from tests.api.running import Centre, HandClock, wait_until

#: The machine is slow and shared.
PATIENCE = 60.0
SECRET = b"0123456789abcdef"


@pytest.fixture
def house() -> Iterator[tuple[Messengers, str]]:
    playing = Messengers()
    yield playing, playing.start()
    playing.stop()


@pytest.fixture
def centre(database: Database, house: tuple[Messengers, str]) -> Iterator[Centre]:
    _, url = house
    key = Vapid()
    key.generate_keys()
    settings = Settings(
        public_url="https://shouwen.example",
        push_key=key.private_pem(),
        push_services=(url,),
    )
    running = Centre.start(
        database, sites=("garden", "harbour"), clock=HandClock(), settings=settings
    )
    yield running
    running.stop()


def wire(centre: Centre, url: str, **of: MessengerKind) -> None:
    messengers = [
        Messenger(
            code=MessengerCode(code),
            kind=kind,
            url=f"{url}/{kind}",
            secret="SEC-of-the-robot",
        )
        for code, kind in of.items()
    ]
    with centre.database.begin() as store:
        store.messengers.seed(centre.office.site, messengers)


def number(centre: Centre, role: Role) -> None:
    """Somebody of this role has a telephone."""
    with centre.database.begin() as store:
        (one,) = store.people.with_roles(centre.office.site, [role])
        store.people.edit(centre.office.site, persons=[replace(one, phone="13800000009")])


def help_is_pressed(centre: Centre) -> int:
    centre.delivers(centre.event(EventType.HELP_PRESSED))
    with centre.database.read() as store:
        (report,) = store.reports.queue(centre.office.site)
    return int(report.issue)


def link_in(text: str) -> str:
    """The address in a message, on this machine."""
    (address,) = [line for line in text.splitlines() if line.startswith("https://")]
    return address.removeprefix("https://shouwen.example")


def test_a_group_is_told_who_is_called_and_given_no_link_of_his(
    centre: Centre, house: tuple[Messengers, str]
) -> None:
    playing, url = house
    wire(centre, url, group=MessengerKind.DINGTALK)
    issue = help_is_pressed(centre)
    wait_until(lambda: len(playing.to("/dingtalk")) >= 2, within=PATIENCE)

    texts = [one.document["text"]["content"] for one in playing.to("/dingtalk")]
    (notice,) = [text for text in texts if "respond at once" in text]
    assert f"#{issue}" in notice
    assert "captain" in notice
    assert link_in(notice) == "/m/"


def test_a_link_of_ones_own_answers_once(centre: Centre, house: tuple[Messengers, str]) -> None:
    playing, url = house
    number(centre, Role.CAPTAIN)
    wire(centre, url, sms=MessengerKind.SMS)
    issue = help_is_pressed(centre)

    def notices() -> list[str]:
        texts = [one.document["text"] for one in playing.to("/sms")]
        return [text for text in texts if "respond at once" in text]

    wait_until(notices, within=PATIENCE)
    page = link_in(notices()[0])
    browser = centre.anybody()
    looked = browser.get(page)
    assert looked.status_code == 200
    assert "<script" not in looked.text
    assert "我已知悉" in looked.text
    # A messenger that looks at links first has answered nothing.
    acknowledged = "notice_acknowledged"
    assert acknowledged not in centre.office.kinds(issue)  # type: ignore[arg-type] # a number
    assert browser.post(page, data={"answer": "know"}).status_code == 200
    assert centre.office.kinds(issue).count(acknowledged) == 1  # type: ignore[arg-type] # likewise
    assert browser.post(page, data={"answer": "know"}).status_code == 410
    assert browser.get("/a/guessed").status_code == 404


def test_who_is_asked_to_come_says_so_from_the_message(
    centre: Centre, house: tuple[Messengers, str]
) -> None:
    playing, url = house
    number(centre, Role.CAPTAIN)
    wire(centre, url, sms=MessengerKind.SMS)
    issue = help_is_pressed(centre)

    def said() -> list[str]:
        return [one.document["text"] for one in playing.to("/sms")]

    wait_until(lambda: any("say if you come" in one for one in said()), within=PATIENCE)
    (asked, *_) = [one for one in said() if "say if you come" in one]

    answer = centre.anybody().post(f"{link_in(asked)}?language=en", data={"answer": "coming"})

    assert "Received" in answer.text
    assert "alert_answered" in centre.office.kinds(issue)  # type: ignore[arg-type] # a number


def test_the_captain_called_to_the_seat_says_from_his_telephone_that_he_knows(
    centre: Centre, house: tuple[Messengers, str]
) -> None:
    playing, url = house
    number(centre, Role.CAPTAIN)
    wire(centre, url, sms=MessengerKind.SMS)
    operator, captain = centre.as_(Role.OPERATOR), centre.as_(Role.CAPTAIN)
    mute = {"present": True, "sound_blocked": True}
    assert operator.post("/api/v1/seat", json=mute).status_code == 200
    assert isinstance(centre.clock, HandClock)
    centre.clock.forward(seconds=60)
    tick(centre.database, now=centre.clock.now())
    wait_until(lambda: playing.to("/sms"), within=PATIENCE)

    sent = playing.to("/sms")[0].document
    assert (sent["to"], sent["voice"]) == ("13800000009", True)
    assert "控制台声音被阻" in sent["text"]
    page, browser = link_in(sent["text"]), centre.anybody()
    assert "去看看" in browser.get(page).text
    assert browser.post(page, data={"answer": "know"}).status_code == 200

    (summons,) = captain.get("/api/v1/summons").json()["items"]
    assert summons["acknowledged_at"] is not None
    (told,) = captain.get("/api/v1/messages").json()["items"]
    assert (told["kind"], told["issue"], told["state"]) == ("summons", None, "sent")
    assert told["summons"] == summons["number"]


def test_one_that_hangs_holds_up_nobody_else(centre: Centre, house: tuple[Messengers, str]) -> None:
    playing, url = house
    playing.hanging["/wecom"] = threading.Event()
    wire(centre, url, hung=MessengerKind.WECOM, sms=MessengerKind.SMS)
    number(centre, Role.CAPTAIN)
    help_is_pressed(centre)

    wait_until(lambda: playing.to("/sms"), within=PATIENCE)

    assert playing.to("/sms")[0].document["to"] == "13800000009"
    assert playing.to("/sms")[0].document["voice"] is True
    assert not playing.to("/wecom")


def test_what_reached_nobody_waits_for_somebody_who_sends_it_again(
    centre: Centre, house: tuple[Messengers, str]
) -> None:
    playing, url = house
    wire(centre, url, group=MessengerKind.WECOM)
    playing.failing["/wecom"] = deque([404] * 50)
    issue = help_is_pressed(centre)
    captain = centre.as_(Role.CAPTAIN)

    def failed() -> dict[str, Any]:
        found: dict[str, Any] = captain.get("/api/v1/messages", params={"state": "failed"}).json()
        return found

    wait_until(lambda: failed()["failed"] >= 4, within=PATIENCE)
    playing.failing.clear()
    one = failed()["items"][0]
    assert one["said"].startswith("404")
    assert "token" not in json.dumps(one)
    assert "message_failed" in centre.office.kinds(issue)  # type: ignore[arg-type] # a number

    answer = captain.post(f"/api/v1/messages/{one['id']}/retry")
    assert answer.status_code == 200, answer.text
    wait_until(lambda: playing.to("/wecom"), within=PATIENCE)
    assert captain.post(f"/api/v1/messages/{one['id']}/retry").status_code == 409


def test_a_browser_is_called_and_one_that_is_gone_gives_way_to_the_next(
    centre: Centre, house: tuple[Messengers, str]
) -> None:
    playing, url = house
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    captain = centre.as_(Role.CAPTAIN)
    assert len(captain.get("/api/v1/push").json()["key"]) == 87
    for name in ("old", "new"):
        answer = captain.post(
            "/api/v1/push/subscriptions",
            json={
                "endpoint": f"{url}/push/{name}",
                "keys": {
                    "p256dh": base64.urlsafe_b64encode(point).decode().rstrip("="),
                    "auth": base64.urlsafe_b64encode(SECRET).decode().rstrip("="),
                },
            },
        )
        assert answer.status_code == 200, answer.text
    playing.gone.add("/push/old")
    help_is_pressed(centre)

    wait_until(lambda: playing.to("/push/new"), within=PATIENCE)
    body = playing.to("/push/new")[0].body
    shown = json.loads(
        http_ece.decrypt(body, private_key=key, auth_secret=SECRET, version="aes128gcm")
    )
    assert shown["urgent"] is True
    assert shown["url"].startswith("https://shouwen.example/a/")
    wait_until(lambda: captain.get("/api/v1/push").json()["mine"] == 1, within=PATIENCE)
    assert captain.delete("/api/v1/push/subscriptions").json()["mine"] == 0


@pytest.mark.parametrize(
    "endpoint",
    ["https://10.0.0.1/x", "http://127.0.0.1:1/push", "https://shouwen.example/push"],
    ids=["inside", "loopback", "ourselves"],
)
def test_a_browser_cannot_name_an_address_of_its_own(alone: Centre, endpoint: str) -> None:
    answer = alone.as_(Role.GUARD).post(
        "/api/v1/push/subscriptions",
        json={"endpoint": endpoint, "keys": {"p256dh": "A" * 87, "auth": "A" * 22}},
    )

    assert answer.status_code == 422
    assert answer.json()["error"] == "no_push_service"
