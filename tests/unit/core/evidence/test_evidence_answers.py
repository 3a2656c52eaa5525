"""Answers count once, from the camera that was asked, in whatever order bytes and event come."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import NotReadable
from core.evidence import policy, receiving
from core.evidence.policy import Cover
from core.facts.device import DeviceCode, EventType, SiteCode, System
from core.facts.evidence import PictureState
from core.facts.issue import Outcome
from core.facts.place import Device, Place, PlaceCode
from tests.office import Office
from tests.recordings import (
    answers,
    hang_camera,
    here,
    jpeg,
    pictures,
    says,
    sha256,
    shoots,
    shoots_all,
    uploads,
    wants,
    wants_soon,
)


@pytest.fixture
def watched(office: Office) -> Office:
    hang_camera(office)
    return office


def test_an_answer_that_is_told_twice_counts_once(watched: Office) -> None:
    issue = watched.press().issue
    want = wants_soon(watched)[0]
    event = shoots(watched, want, jpeg("first"))
    shoots(watched, want, jpeg("another"))
    answers(watched, event, event)

    assert [one.sha256 for one in here(watched, issue)] == [sha256(jpeg("first"))]
    assert watched.kinds(issue).count("picture_attached") == 1


def test_the_event_may_come_before_the_bytes(watched: Office) -> None:
    issue = watched.press().issue
    want = wants_soon(watched)[0]
    content = jpeg("late bytes")
    says(watched, want, EventType.SNAPSHOT_TAKEN, {"sha256": sha256(content)})
    assert pictures(watched, issue)[0].state is PictureState.ARRIVING
    assert "picture_attached" not in watched.kinds(issue)

    uploads(watched, content)

    assert [one.sha256 for one in here(watched, issue)] == [sha256(content)]


def test_a_camera_that_was_not_asked_answers_nothing(watched: Office) -> None:
    watched.press()
    want = wants_soon(watched)[0]
    shoots(watched, replace(want, camera=DeviceCode("another")), jpeg())

    assert want.id in {one.id for one in wants(watched)}


@pytest.mark.parametrize("name", ["p0", "p999999", "c1", "", "p1; drop", None])
def test_an_answer_to_what_nobody_wants_changes_nothing(watched: Office, name: str | None) -> None:
    issue = watched.press().issue
    want = wants_soon(watched)[0]
    event = shoots(watched, replace(want, id="p12345"), jpeg())
    answers(watched, replace(event, data={**event.data, "want": name}))

    assert here(watched, issue) == []


def test_what_no_gateway_answers_is_given_up_and_still_taken_later(watched: Office) -> None:
    issue = watched.press().issue
    want = wants_soon(watched)[0]
    watched.fast_forward(days=2)
    assert {one.reason for one in pictures(watched, issue)} == {policy.NO_ANSWER}

    shoots(watched, want, jpeg("it was in the spool"))

    assert len(here(watched, issue)) == 1


def test_bytes_that_no_picture_speaks_of_are_deleted_after_a_week(
    watched: Office, tmp_path: Path
) -> None:
    uploads(watched, jpeg("nobody's"))
    watched.fast_forward(days=6)
    assert list((tmp_path / "pictures").rglob(sha256(jpeg("nobody's"))))

    watched.fast_forward(days=2)

    assert not list((tmp_path / "pictures").rglob(sha256(jpeg("nobody's"))))


def test_the_same_picture_of_two_issues_goes_with_the_last_of_them(
    watched: Office, tmp_path: Path
) -> None:
    """A camera that stands still gives the same bytes again and again."""
    same = jpeg("nothing moves")
    first = watched.accepted(category="noise")
    for want in wants_soon(watched):
        shoots(watched, want, same)
    second = watched.accepted(category="noise")
    for want in wants_soon(watched):
        shoots(watched, want, same)
    watched.closed(first, Outcome.NOT_OURS)
    watched.fast_forward(days=40)

    assert here(watched, first) == []
    assert len(here(watched, second)) == 3
    assert list((tmp_path / "pictures").rglob(sha256(same)))


def test_asking_again_after_a_restart_asks_for_nothing_twice(watched: Office) -> None:
    watched.press()
    first = [one.id for one in wants_soon(watched)]
    watched.tick()
    watched.tick()

    assert [one.id for one in wants(watched)] == first


def test_no_ring_is_asked_for_what_is_days_old(watched: Office) -> None:
    watched.press()
    watched.now += timedelta(days=3)
    watched.tick()

    assert wants(watched) == []


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"", "image/jpeg"),
        (b"<html>200 OK</html>", "image/jpeg"),
        (jpeg(), "image/png"),
        (jpeg(), "text/html"),
        (jpeg() + bytes(receiving.MOST_BYTES), "image/jpeg"),
    ],
)
def test_what_is_no_picture_is_refused(watched: Office, content: bytes, media_type: str) -> None:
    with pytest.raises(NotReadable):
        receiving.receive(
            watched.database,
            site=watched.site,
            gateway="gateway-1",
            sha256=sha256(content),
            content=content,
            media_type=media_type,
            now=watched.now,
        )


def test_a_torn_file_that_was_never_receipted_is_replaced(watched: Office, tmp_path: Path) -> None:
    """Killed while it wrote, it left half a picture under the right name."""
    content = jpeg("whole")
    name = sha256(content)
    file = tmp_path / "pictures" / watched.site / "sha256" / name[:2] / name[2:4] / name
    file.parent.mkdir(parents=True)
    file.write_bytes(content[:5])

    assert uploads(watched, content) is True
    assert file.read_bytes() == content
    assert uploads(watched, content) is False


def _place(code: str, parent: str | None = None) -> Place:
    return Place(
        code=PlaceCode(code), name=code, parent=PlaceCode(parent) if parent is not None else None
    )


def _camera(code: str, *covers: str) -> Device:
    return Device(
        code=DeviceCode(code),
        system=System.CCTV,
        name=code,
        profile="rtsp",
        address="rtsp://127.0.0.1/",
        place=PlaceCode("site"),
        covers=tuple(PlaceCode(place) for place in covers),
    )


def test_at_most_four_cameras_are_asked_the_nearest_first() -> None:
    cameras = [_camera(f"cam-{number}", "site") for number in range(6)]
    cover = Cover(
        [_place("site"), _place("3", "site"), _place("3-2", "3")],
        [*cameras, _camera("door", "3-2", "site"), _camera("yard", "3")],
    )

    assert cover.of(PlaceCode("3-2")) == ("door", "yard", "cam-0", "cam-1")
    assert cover.of(PlaceCode("elsewhere")) == ()
    assert cover.of(None) == ()


def test_a_ring_in_the_tree_of_places_ends_the_walk() -> None:
    cover = Cover([_place("a", "b"), _place("b", "a")], [_camera("cam", "b")])

    assert cover.of(PlaceCode("a")) == ("cam",)


def test_another_site_never_sees_these_pictures(watched: Office) -> None:
    other = Office(watched.database, site=SiteCode("harbour"))
    shot = watched.press()
    shoots_all(watched)
    content = here(watched, shot.issue)[0].sha256
    assert content is not None

    with watched.database.read() as store:
        assert store.pictures.file(other.site, content) is None
        assert store.blobs.read(other.site, content) is None
        assert store.pictures.find(other.site, 1) is None
