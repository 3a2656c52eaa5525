"""Pictures that people add: read in a child, kept without metadata, once, each with its story."""

import hashlib
import io
import struct
import zlib
from datetime import timedelta
from typing import Any

import httpx
import pytest
from PIL import Image

from core.evidence import receiving
from core.facts import moment
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, Role
from tests.api.running import Centre
from tests.office import AGENT, OPERATOR
from tests.recordings import hang_camera, verified


def telephone(*, colour: str = "red", turned: bool = False) -> bytes:
    """A telephone's picture: it tells where its owner was, and with what he took it."""
    picture = Image.new("RGB", (400, 300), colour)
    exif = Image.Exif()
    exif[272] = "Phone 12 (serial 77)"
    exif[315] = "Owner Wang"
    if turned:
        exif[274] = 6
    exif.get_ifd(34853)[1] = "N"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    assert b"Owner Wang" in file.getvalue()
    return file.getvalue()


def bomb() -> bytes:
    """A small PNG that asks for gigabytes."""
    side = 40_000
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(side * 3 + 1) * 20)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def adds(
    browser: httpx.Client, issue: IssueNumber, content: bytes, *, sha256: str = "", **said: Any
) -> httpx.Response:
    name = sha256 or hashlib.sha256(content).hexdigest()
    told = {"shows": "after", "origin": "taken", **said}
    return browser.put(
        f"/api/v1/issues/{issue}/pictures/{name}",
        params={key: value for key, value in told.items() if value is not None},
        content=content,
        headers={"Content-Type": "image/jpeg"},
    )


@pytest.fixture
def issue(centre: Centre) -> IssueNumber:
    hang_camera(centre.office)  # a store of pictures is there
    centre.office.now = centre.clock.now()
    return centre.office.accepted(category="litter")


def taken(centre: Centre, **ago: float) -> str:
    return moment.text(centre.clock.now() - timedelta(**ago))


def test_it_stands_on_the_issue_with_who_when_where_and_with_what(
    centre: Centre, issue: IssueNumber
) -> None:
    desk = centre.as_(Role.DESK_AGENT)
    answer = adds(desk, issue, telephone(), taken_at=taken(centre, minutes=2), place="3-2")

    assert answer.status_code == 200, answer.text
    pictures = desk.get(f"/api/v1/issues/{issue}").json()["pictures"]
    (shown,) = [one for one in pictures if one["by"]]
    assert (shown["label"], shown["state"], shown["camera"]) == ("now", "here", None)
    assert (shown["by"]["code"], shown["origin"]) == (AGENT, "taken")
    assert shown["taken_with"] == "Phone 12 (serial 77)"
    assert shown["place"]["code"] == "3-2"
    assert (shown["width"], shown["height"]) == (400, 300)
    assert verified(centre.office).flaws == ()


def test_what_is_kept_bears_no_metadata_and_stands_upright(
    centre: Centre, issue: IssueNumber
) -> None:
    desk = centre.as_(Role.DESK_AGENT)
    added = adds(
        desk, issue, telephone(turned=True), taken_at=taken(centre), origin="gallery"
    ).json()

    seen = desk.get(f"/api/v1/issues/{issue}/pictures/{added['sha256']}?purpose=review")

    assert seen.status_code == 200
    assert b"Owner Wang" not in seen.content
    with Image.open(io.BytesIO(seen.content)) as picture:
        assert not picture.getexif()
        assert picture.size == (300, 400)
    assert added["origin"] == "gallery"


def test_sent_again_it_is_there_once(centre: Centre, issue: IssueNumber) -> None:
    desk, content, at = centre.as_(Role.DESK_AGENT), telephone(), taken(centre)
    first, again = (adds(desk, issue, content, taken_at=at).json() for _ in range(2))
    other = adds(desk, issue, content, taken_at=at, shows="before").json()

    assert first == again
    assert other["id"] != first["id"]
    assert centre.office.kinds(issue).count("picture_attached") == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>log in</html>", "cannot be read"),
        (telephone()[:700], "cannot be read"),
        (bomb(), "pixels"),
        (b"", "1 to"),
    ],
)
def test_what_is_no_picture_is_refused_with_its_reason(
    centre: Centre, issue: IssueNumber, content: bytes, reason: str
) -> None:
    answer = adds(centre.as_(Role.DESK_AGENT), issue, content, taken_at=taken(centre))

    assert answer.status_code == 400, answer.text
    assert reason in answer.json()["detail"]
    assert "picture_attached" not in centre.office.kinds(issue)


def test_wrong_hash_future_unknown_place_and_too_large(centre: Centre, issue: IssueNumber) -> None:
    desk, content, now = centre.as_(Role.DESK_AGENT), telephone(), taken(centre)

    assert adds(desk, issue, content, sha256="a" * 64, taken_at=now).status_code == 400
    ahead = moment.text(centre.clock.now() + timedelta(hours=1))
    assert adds(desk, issue, content, taken_at=ahead).status_code == 400
    assert adds(desk, issue, content, taken_at=now, place="the moon").status_code == 400
    assert adds(desk, issue, content, taken_at=now, shows="at").status_code == 422
    large = content + bytes(receiving.MOST_BYTES)
    assert adds(desk, issue, large, taken_at=now).status_code == 413


def test_staff_add_to_their_own_issues_and_to_no_others(centre: Centre, issue: IssueNumber) -> None:
    content, now = telephone(), taken(centre)

    assert adds(centre.as_(Role.CLEANER), issue, content, taken_at=now).status_code == 404
    assert adds(centre.as_(Role.ADMINISTRATOR), issue, content, taken_at=now).status_code == 403
    assert adds(centre.anybody(), issue, content, taken_at=now).status_code == 401
    assert adds(centre.as_(OPERATOR), issue, content, taken_at=now).status_code == 200
    with centre.database.read() as store:
        owner = store.issues.find(centre.office.site, issue).owner
    assert owner is not None
    assert adds(centre.as_(PersonCode(owner)), issue, content, taken_at=now).status_code == 200
