"""Pictures over the wire: wanted, delivered by hash, looked at for a purpose, reviewed."""

import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.clock import DemoClock
from core.evidence.receiving import MOST_BYTES
from core.facts import cloudevent, moment
from core.facts.device import DeviceEvent, EventId, EventType, Source, System
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, Role
from core.rules import rules
from core.store.database import Database
from tests.api.running import TOKEN, Centre, wait_until
from tests.recordings import CAMERA, hang_camera, jpeg, sha256

JPEG = {"Content-Type": "image/jpeg"}


@pytest.fixture
def watched(centre: Centre) -> Centre:
    """A centre with a camera at the door of the garden."""
    hang_camera(centre.office)
    return centre


def wants(centre: Centre, *, wait: float = 0, site: str = "garden") -> list[dict[str, Any]]:
    answer = centre.gateway(site=site).get(f"/api/v1/gateways/wants?wait={wait}")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]  # type: ignore[no-any-return]


def puts(centre: Centre, content: bytes, *, name: str | None = None) -> httpx.Response:
    path = f"/api/v1/pictures/{name or sha256(content)}"
    return centre.gateway().put(path, content=content, headers=JPEG)


def answers(centre: Centre, want: dict[str, Any], **data: Any) -> None:
    kind = EventType.SNAPSHOT_TAKEN if want["kind"] == "picture" else EventType.SCENE_COMPARED
    event = DeviceEvent(
        event_id=EventId(f"answer-{want['id']}"),
        source=Source(centre.office.site, System.CCTV, CAMERA),
        type=kind,
        occurred_at=datetime.now(UTC),  # noqa: TID251 - a gateway goes by the real clock
        subject=want["label"],
        data={"want": want["id"], **data},
    )
    body = cloudevent.encode_batch([cloudevent.encode(event)])
    answer = centre.gateway().post("/api/v1/device-events", content=body)
    assert answer.status_code == 200, answer.text


def shoots(centre: Centre, want: dict[str, Any], content: bytes) -> None:
    assert puts(centre, content).status_code in {200, 201}
    answers(
        centre,
        want,
        sha256=sha256(content),
        taken_at=want["moment"],
        offset_seconds=0.1,
        width=1280,
        height=720,
        masked=True,
    )


def pictured(centre: Centre) -> tuple[int, dict[str, Any]]:
    """A report with its first picture: the issue's number, and the picture as the API has it."""
    number = centre.ring()
    wait_until(lambda: wants(centre))
    shoots(centre, wants(centre)[0], jpeg(f"of report {number}"))
    operator = centre.as_(Role.OPERATOR)
    report = operator.get(f"/api/v1/reports/{number}").json()
    issue = operator.get(f"/api/v1/issues/{report['issue']}").json()
    assert issue["pictures"][0] == report["pictures"][0]
    return report["issue"], report["pictures"][0]


# --- wants --------------------------------------------------------------------------------------


def test_a_gateway_that_waits_is_told_at_once(watched: Centre) -> None:
    found: list[dict[str, Any]] = []
    waiting = threading.Thread(target=lambda: found.extend(wants(watched, wait=20)))
    waiting.start()
    watched.ring()
    waiting.join()

    assert {one["label"] for one in found} <= {"before", "at"}
    assert {one["camera"] for one in found} == {CAMERA}


def test_nothing_wanted_is_an_empty_list_in_the_end(watched: Centre) -> None:
    assert wants(watched, wait=0.3) == []


def test_what_is_not_answered_is_listed_again_and_only_at_its_own_site(watched: Centre) -> None:
    watched.ring()
    wait_until(lambda: len(wants(watched)) == 2)

    assert wants(watched) == wants(watched)
    assert wants(watched, site="harbour") == []


def test_many_gateways_that_wait_hold_no_connection(watched: Centre) -> None:
    """More wait than the pool has connections; a console is served all the same."""
    waiting = [
        threading.Thread(target=wants, args=(watched,), kwargs={"wait": 2}) for _ in range(70)
    ]
    for one in waiting:
        one.start()
    answer = watched.as_(Role.OPERATOR).get("/api/v1/queue")
    for one in waiting:
        one.join()

    assert answer.status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_moments_are_real_time_also_in_a_demonstration(database_url: str, tmp_path: Path) -> None:
    database = Database.open(database_url, rules=rules(speed=60), pictures=tmp_path / "pictures")
    begins = datetime(2030, 1, 1, tzinfo=UTC)
    clock = DemoClock.starting(civil_epoch=begins, speed=60)
    centre = Centre.start(database, clock=clock)
    hang_camera(centre.office)
    real = datetime.now(UTC)  # noqa: TID251 - what the wire goes by
    event = centre.event(call="call-1")
    told = DeviceEvent(
        event_id=event.event_id,
        source=event.source,
        type=event.type,
        occurred_at=real,
        call=event.call,
    )
    centre.delivers(told)
    wait_until(lambda: len(wants(centre)) >= 2)
    before, at = wants(centre)[:2]

    assert abs(moment.parse(at["moment"]) - real) < timedelta(seconds=1)
    gap = moment.parse(at["moment"]) - moment.parse(before["moment"])
    assert abs(gap - timedelta(seconds=5)) < timedelta(seconds=0.1)

    shoots(centre, at, jpeg())
    report = centre.as_(Role.OPERATOR).get("/api/v1/queue").json()["items"][0]
    (taken,) = [one["taken_at"] for one in report["pictures"] if one["taken_at"]]
    assert abs(moment.parse(taken) - moment.parse(report["told_at"])) < timedelta(seconds=61)
    centre.stop()
    database.close()


# --- bytes --------------------------------------------------------------------------------------


def test_the_same_twice_is_kept_once(watched: Centre) -> None:
    assert [puts(watched, jpeg()).status_code for _ in range(2)] == [201, 200]

    fetched = watched.gateway().get(f"/api/v1/pictures/{sha256(jpeg())}")

    assert (fetched.status_code, fetched.content) == (200, jpeg())
    assert fetched.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (jpeg("other bytes"), sha256(jpeg()), 400),
        (b"<html>404 with 200</html>", None, 400),
        (b"", None, 400),
        (jpeg(), "A" * 64, 422),
        (jpeg(), "abc", 422),
        (jpeg() + bytes(MOST_BYTES), None, 413),
    ],
    ids=["wrong hash", "html", "empty", "capitals", "short", "too large"],
)
def test_what_is_not_that_picture_is_refused(
    watched: Centre, *, content: bytes, name: str | None, status: int
) -> None:
    answer = puts(watched, content, name=name)

    assert answer.status_code == status, answer.text
    assert watched.gateway().get(f"/api/v1/pictures/{sha256(content)}").status_code == 404


def test_ten_megabytes_are_taken_and_other_routes_keep_their_limit(watched: Centre) -> None:
    large = jpeg() + bytes(MOST_BYTES - len(jpeg()))

    assert puts(watched, large).status_code == 201
    assert watched.gateway().post("/api/v1/device-events", content=large).status_code == 413


def test_half_a_picture_is_not_kept(watched: Centre) -> None:
    content = jpeg("x" * 50_000)
    with socket.create_connection(("127.0.0.1", watched.server.port)) as line:
        head = (
            f"PUT /api/v1/pictures/{sha256(content)} HTTP/1.1\r\nHost: centre\r\n"
            f"Authorization: Bearer {TOKEN}garden\r\nContent-Type: image/jpeg\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        line.sendall(head.encode() + content[:20_000])

    assert watched.gateway().get(f"/api/v1/pictures/{sha256(content)}").status_code == 404
    assert puts(watched, content).status_code == 201


def test_a_site_fetches_no_other_sites_pictures(watched: Centre) -> None:
    puts(watched, jpeg())

    path = f"/api/v1/pictures/{sha256(jpeg())}"
    assert watched.gateway(site="harbour").get(path).status_code == 404
    assert watched.anybody().get(path).status_code == 401
    assert watched.anybody().put(path, content=jpeg(), headers=JPEG).status_code == 401


# --- looking ------------------------------------------------------------------------------------


def test_a_look_needs_a_purpose_and_is_written_down(watched: Centre) -> None:
    issue, picture = pictured(watched)
    operator = watched.as_(Role.OPERATOR)
    path = f"/api/v1/issues/{issue}/pictures/{picture['sha256']}"

    assert operator.get(path).status_code == 422
    seen = operator.get(path, params={"purpose": "处理报事"})

    assert (seen.status_code, seen.content) == (200, jpeg("of report 1"))
    assert seen.headers["cache-control"] == "no-store"
    assert seen.headers["content-type"] == "image/jpeg"
    entry = operator.get(f"/api/v1/issues/{issue}/journal").json()["items"][-1]
    assert (entry["kind"], entry["by"]["code"]) == ("picture_viewed", "operator-1")
    assert entry["body"]["purpose"] == "处理报事"


def test_how_a_picture_stands_is_said(watched: Centre) -> None:
    issue, picture = pictured(watched)
    answers(watched, wants(watched)[0], reason="camera offline")

    (second,) = [
        one
        for one in watched.as_(Role.OPERATOR).get(f"/api/v1/issues/{issue}").json()["pictures"]
        if one["state"] == "missing"
    ]

    assert (picture["state"], picture["masked"], picture["width"]) == ("here", True, 1280)
    assert (second["reason"], second["sha256"]) == ("camera offline", None)


def test_whose_issue_it_is_not_sees_no_picture_of_it(watched: Centre) -> None:
    issue, picture = pictured(watched)
    path = f"/api/v1/issues/{issue}/pictures/{picture['sha256']}?purpose=look"

    assert watched.as_(Role.GUARD).get(path).status_code == 404
    assert watched.as_(Role.ADMINISTRATOR).get(path).status_code == 403
    assert watched.as_(Role.OPERATOR, site="harbour").get(path).status_code == 404
    assert watched.gateway().get(path).status_code == 401


def test_a_picture_that_was_changed_is_shown_to_nobody(watched: Centre) -> None:
    issue, picture = pictured(watched)
    name = picture["sha256"]
    watched.database.blobs.delete(watched.office.site, name)
    path = f"/api/v1/issues/{issue}/pictures/{name}?purpose=look"

    assert watched.as_(Role.OPERATOR).get(path).status_code == 404


# --- reviews ------------------------------------------------------------------------------------


@pytest.fixture
def claimed(watched: Centre) -> tuple[Centre, int]:
    """An issue that the desk says is handled, with pictures from before and from then."""
    _, issue = watched.forwarded()
    wait_until(lambda: wants(watched))
    for want in wants(watched):
        shoots(watched, want, jpeg(f"before {want['id']}"))
    agent = watched.as_(Role.DESK_AGENT)
    for act, said in (("accept", {}), ("handled", {"how": "换了灯泡"})):
        assert agent.post(f"/api/v1/issues/{issue}/{act}", json=said).status_code == 200
    wait_until(lambda: any(one["label"] == "now" for one in wants(watched)))
    for want in wants(watched):
        if want["kind"] == "picture":
            shoots(watched, want, jpeg(f"then {want['id']}"))
    wait_until(lambda: any(one["kind"] == "comparison" for one in wants(watched)))
    return watched, issue


def test_a_claim_is_reviewed_by_somebody_else_with_the_machine_beside_him(
    claimed: tuple[Centre, int],
) -> None:
    centre, issue = claimed
    comparison = next(one for one in wants(centre) if one["kind"] == "comparison")
    assert comparison["before"] != comparison["after"]
    answers(centre, comparison, verdict="gone", band="sure", confidence=0.98, machine="shouwen")
    supervisor = centre.as_(Role.GENERAL_GROUP_SUPERVISOR)

    (row,) = supervisor.get("/api/v1/reviews").json()["items"]

    assert (row["issue"]["number"], row["review"]["why"]) == (issue, "rule")
    assert row["review"]["comparison"]["verdict"] == "gone"
    assert {"before", "at", "now"} <= {one["label"] for one in row["pictures"]}
    said = {"verdict": "handled", "reason": "灯亮着"}
    decided = supervisor.post(f"/api/v1/reviews/{issue}", json=said)
    assert decided.status_code == 200, decided.text
    assert (decided.json()["state"], decided.json()["agreed"]) == ("decided", True)
    assert supervisor.get("/api/v1/reviews").json()["items"] == []
    assert supervisor.get(f"/api/v1/issues/{issue}").json()["review"]["verdict"] == "handled"


def test_not_handled_takes_it_up_again(claimed: tuple[Centre, int]) -> None:
    centre, issue = claimed
    said = {"verdict": "not_handled", "reason": "灯还是黑的"}

    centre.as_(Role.DIRECTOR).post(f"/api/v1/reviews/{issue}", json=said)

    stands = centre.as_(Role.DIRECTOR).get(f"/api/v1/issues/{issue}").json()
    assert (stands["status"], stands["reopened"]) == ("accepted", 1)
    again = centre.as_(Role.DIRECTOR).post(f"/api/v1/reviews/{issue}", json=said)
    assert again.status_code == 404


def test_the_handler_is_refused_and_a_verdict_needs_a_reason(claimed: tuple[Centre, int]) -> None:
    centre, issue = claimed
    with centre.database.begin() as store:
        review = store.reviews.open_of(centre.office.site, IssueNumber(issue))
        assert review is not None
        store.reviews.change(review, handlers=[PersonCode("director")])
    director = centre.as_(Role.DIRECTOR)

    own = director.post(
        f"/api/v1/reviews/{issue}", json={"verdict": "handled", "reason": "我处理的"}
    )
    mute = centre.as_(Role.CAPTAIN).post(
        f"/api/v1/reviews/{issue}", json={"verdict": "handled", "reason": " "}
    )

    assert (own.status_code, own.json()["error"]) == (403, "not_permitted")
    assert mute.status_code == 422
    (row,) = director.get("/api/v1/reviews").json()["items"]
    assert row["review"]["may_decide"] is False
