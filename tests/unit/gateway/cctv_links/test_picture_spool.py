"""Pictures on their way: kept first, told later, dropped last."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.facts.device import SiteCode
from gateway.cctv import telling
from gateway.picture_spool import KEPT, Kept, NoRoom, PictureSpool
from gateway.spool import Told, told

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
GATE = telling.source(SiteCode("site"), "gate")


def an_answer(want: str) -> Told:
    event = telling.not_taken(GATE, want=want, label="now", reason="r", now=NOW)
    return told(event, at=NOW)


def name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[PictureSpool]:
    spool = PictureSpool(tmp_path, most_bytes=100, reserve=0)
    yield spool
    spool.close()


def reopened(spool: PictureSpool, folder: Path) -> PictureSpool:
    spool.close()
    return PictureSpool(folder, most_bytes=100, reserve=0)


def waiting(spool: PictureSpool) -> list[str]:
    return [held.told.event_id for held in spool.releasable()]


def test_an_event_waits_for_its_picture_and_for_no_other(spool: PictureSpool) -> None:
    assert spool.keep(an_answer("a"), picture=b"one")
    assert spool.keep(an_answer("b"))
    assert spool.keep(an_answer("c"), picture=b"two")
    assert waiting(spool) == ["want-b"]

    spool.receipted(name(b"two"), now=NOW)
    assert waiting(spool) == ["want-b", "want-c"]
    spool.released(spool.releasable(), now=NOW)
    assert waiting(spool) == []
    assert spool.pending() == Kept(sha256=name(b"one"), media_type="image/jpeg", size=3)


def test_an_answer_is_given_once_also_after_a_restart(spool: PictureSpool, tmp_path: Path) -> None:
    assert spool.keep(an_answer("a"), picture=b"one")
    spool = reopened(spool, tmp_path)
    assert spool.answered(str(GATE), "want-a")
    assert not spool.keep(an_answer("a"), picture=b"another")
    assert spool.content(name(b"another")) is None
    assert spool.state().waiting == 1
    spool.close()


def test_the_same_picture_twice_is_one_upload_for_two_events(spool: PictureSpool) -> None:
    spool.keep(an_answer("a"), picture=b"one")
    spool.keep(an_answer("b"), picture=b"one")
    assert spool.state().waiting == 1
    spool.receipted(name(b"one"), now=NOW)
    assert waiting(spool) == ["want-a", "want-b"]
    spool.keep(an_answer("c"), picture=b"one")  # the centre has it already
    assert waiting(spool) == ["want-a", "want-b", "want-c"]
    assert spool.pending() is None


def test_what_waits_is_never_dropped_for_room_what_is_receipted_is(spool: PictureSpool) -> None:
    spool.keep(an_answer("a"), picture=b"1" * 60)
    with pytest.raises(NoRoom, match="full"):
        spool.keep(an_answer("b"), picture=b"2" * 60)
    assert not spool.answered(str(GATE), "want-b")
    spool.receipted(name(b"1" * 60), now=NOW)
    spool.released(spool.releasable(), now=NOW)

    assert spool.keep(an_answer("b"), picture=b"2" * 60)
    assert spool.content(name(b"1" * 60)) is None
    assert spool.content(name(b"2" * 60)) == b"2" * 60


def test_the_last_of_the_disk_is_for_events(tmp_path: Path) -> None:
    spool = PictureSpool(tmp_path, reserve=1 << 60)
    with pytest.raises(NoRoom, match="for events"):
        spool.keep(an_answer("a"), picture=b"one")
    assert spool.keep(an_answer("a"))
    spool.close()


def test_receipted_pictures_go_after_a_day_and_answers_stay(spool: PictureSpool) -> None:
    spool.keep(an_answer("a"), picture=b"one")
    spool.receipted(name(b"one"), now=NOW)
    assert spool.prune(now=NOW + KEPT * 2) == 0  # its event was not told yet
    spool.released(spool.releasable(), now=NOW)
    assert spool.prune(now=NOW + KEPT) == 0
    assert spool.prune(now=NOW + KEPT + timedelta(seconds=1)) == 1
    assert spool.content(name(b"one")) is None
    assert spool.answered(str(GATE), "want-a")


def test_a_file_without_a_row_goes_and_a_row_without_a_file_is_said(
    spool: PictureSpool, tmp_path: Path
) -> None:
    spool.keep(an_answer("a"), picture=b"one")
    folder = tmp_path / "pictures"
    (folder / name(b"one")[:2] / name(b"one")).unlink()
    orphan = folder / "ab" / ("ab" + "0" * 62)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"killed between file and row")
    spool = reopened(spool, tmp_path)

    assert not orphan.exists()
    (held,) = spool.releasable()
    assert held.refused == "the gateway lost the picture"
    spool.close()


def test_bytes_that_are_not_what_they_were_are_none(spool: PictureSpool, tmp_path: Path) -> None:
    spool.keep(an_answer("a"), picture=b"one")
    (tmp_path / "pictures" / name(b"one")[:2] / name(b"one")).write_bytes(b"onE")
    assert spool.content(name(b"one")) is None


@pytest.mark.parametrize("bad", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "/x"])
def test_only_a_hash_is_a_name(spool: PictureSpool, bad: str) -> None:
    assert spool.content(bad) is None
