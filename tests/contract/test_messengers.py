"""Every messenger's adapter is asked the same: does it take what we send, and what do we hear?"""

import base64
import json
import time
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime

import http_ece
import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid

from api.messengers import ADAPTERS
from api.messengers.push import SERVICES, Push, known
from api.messengers.request import Heard, Outcome, Request
from core.facts.catalogue import Words
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber, Urgency
from core.facts.message import (
    PUSH,
    Envelope,
    Message,
    MessageKind,
    MessageState,
    Messenger,
    MessengerCode,
    MessengerKind,
    Subscription,
)
from core.facts.people import PersonCode
from simulators.messengers import Messengers

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
KINDS = list(MessengerKind)
TOO_MANY = {"wecom": 45009, "dingtalk": 130101, "feishu": 11232, "sms": 429}


@pytest.fixture
def house() -> Iterator[tuple[Messengers, str]]:
    playing = Messengers()
    yield playing, playing.start()
    playing.stop()


def envelope(
    kind: MessengerKind | None,
    url: str,
    *,
    secret: str | None = "SEC-of-the-robot",
    urgency: Urgency = Urgency.URGENT,
    subscriptions: tuple[Subscription, ...] = (),
) -> Envelope:
    code = MessengerCode(kind.value) if kind else PUSH
    message = Message(
        id=7,
        site=SiteCode("garden"),
        seq=3,
        person=PersonCode("supervisor"),
        kind=MessageKind.NOTICE,
        issue=IssueNumber(12),
        summons=None,
        urgency=urgency,
        way=code,
        words=Words(zh="#12 路灯，2单元：未处理，已上报给您", en="#12 Street lamp"),
        token="t" * 32,
        created_at=NOW,
        due_at=NOW,
        state=MessageState.WAITING,
    )
    messenger = (
        Messenger(code=code, kind=kind, url=f"{url}/{kind}", secret=secret) if kind else None
    )
    return Envelope(
        messages=(message,),
        messenger=messenger,
        names=("林素华",),
        phones=("13800000001",),
        subscriptions=subscriptions,
        site_name="示范小区",
    )


def posted(request: Request) -> tuple[int, bytes]:
    answer = httpx.post(
        request.url, content=request.body, headers=dict(request.headers), trust_env=False
    )
    return answer.status_code, answer.content


def heard(kind: MessengerKind, sent: Envelope, text: str = "首问：#12 路灯") -> Heard:
    adapter = ADAPTERS[kind]
    return adapter.heard(*posted(adapter.request(sent, text=text, at=time.time())))


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_taken_with_its_signature(house: tuple[Messengers, str], kind: MessengerKind) -> None:
    playing, url = house

    assert heard(kind, envelope(kind, url)).outcome is Outcome.TAKEN
    (taken,) = playing.to(f"/{kind}")
    assert "#12 路灯" in json.dumps(taken.document, ensure_ascii=False)


@pytest.mark.parametrize("kind", [one for one in KINDS if one is not MessengerKind.WECOM])
def test_a_wrong_secret_is_refused_for_good(
    house: tuple[Messengers, str], kind: MessengerKind
) -> None:
    _, url = house

    assert heard(kind, envelope(kind, url, secret="another")).outcome is Outcome.NEVER


@pytest.mark.parametrize("kind", KINDS)
def test_too_many_means_later(house: tuple[Messengers, str], kind: MessengerKind) -> None:
    playing, url = house
    playing.failing[f"/{kind}"] = deque([TOO_MANY[kind.value]])

    assert heard(kind, envelope(kind, url)).outcome is Outcome.LATER
    assert heard(kind, envelope(kind, url)).outcome is Outcome.TAKEN


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("status", "outcome"), [(503, Outcome.LATER), (404, Outcome.NEVER)])
def test_a_broken_messenger_is_asked_again_a_missing_one_is_not(
    kind: MessengerKind, status: int, outcome: Outcome
) -> None:
    assert ADAPTERS[kind].heard(status, b"<html>").outcome is outcome


@pytest.mark.parametrize("kind", [one for one in KINDS if one is not MessengerKind.SMS])
def test_what_is_no_robots_answer_is_not_taken_for_one(kind: MessengerKind) -> None:
    assert ADAPTERS[kind].heard(200, b"<html>a login page</html>").outcome is Outcome.LATER


def test_a_long_text_is_cut_between_characters_for_wecom(house: tuple[Messengers, str]) -> None:
    playing, url = house

    assert (
        heard(MessengerKind.WECOM, envelope(MessengerKind.WECOM, url), text="灯" * 2_000).outcome
        is Outcome.TAKEN
    )
    content = playing.to("/wecom")[0].document["text"]["content"]
    assert set(content) == {"灯"}
    assert 2_040 < len(content.encode()) <= 2_048


def test_a_short_message_for_a_life_asks_for_a_call(house: tuple[Messengers, str]) -> None:
    playing, url = house
    heard(MessengerKind.SMS, envelope(MessengerKind.SMS, url, urgency=Urgency.LIFE_SAFETY))
    heard(MessengerKind.SMS, envelope(MessengerKind.SMS, url))

    voice = [one.document["voice"] for one in playing.to("/sms")]
    assert voice == [True, False]


def test_only_the_browser_can_read_what_is_pushed(house: tuple[Messengers, str]) -> None:
    playing, url = house
    key, secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    browser = Subscription(
        id="b" * 64,
        person=PersonCode("supervisor"),
        endpoint=f"{url}/push/telephone",
        p256dh=base64.urlsafe_b64encode(point).decode().rstrip("="),
        auth=base64.urlsafe_b64encode(secret).decode().rstrip("="),
        added_at=NOW,
    )
    signer = Vapid()
    signer.generate_keys()
    push = Push(signer, contact="mailto:office@example.org")
    sent = envelope(None, url, urgency=Urgency.LIFE_SAFETY, subscriptions=(browser,))

    request = push.request(sent, browser, text="#12 路灯", url="https://x/a/t", at=1_000_000_000)

    status, gone = push.heard(*posted(request))
    assert (status.outcome, gone) == (Outcome.TAKEN, False)
    (taken,) = playing.to("/push/telephone")
    assert "路灯".encode() not in taken.body
    shown = json.loads(
        http_ece.decrypt(taken.body, private_key=key, auth_secret=secret, version="aes128gcm")
    )
    assert shown["body"] == "#12 路灯"
    assert shown["urgent"] is True
    assert taken.headers["urgency"] == "high"
    token = taken.headers["authorization"]
    assert Vapid.verify(token)
    assert f"k={push.public_key}" in token


def test_a_browser_that_is_gone_is_known_as_gone() -> None:
    push = Push(Vapid(), contact="mailto:office@example.org")

    assert push.heard(410, b"") == (Heard(outcome=Outcome.NEVER, said="410"), True)
    assert push.heard(503, b"")[1] is False


@pytest.mark.parametrize(
    ("endpoint", "is_known"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://wns2-par02p.notify.windows.com/w/?token=x", True),
        ("http://fcm.googleapis.com/fcm/send/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://127.0.0.1:8080/api/v1", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://[::1", False),
        ("", False),
    ],
    ids=["google", "windows", "plain", "lookalike", "ourselves", "user", "broken", "empty"],
)
def test_nothing_is_posted_but_to_known_services(endpoint: str, *, is_known: bool) -> None:
    assert known(endpoint, SERVICES) is is_known
