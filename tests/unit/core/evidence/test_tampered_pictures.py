"""Nobody changes, removes or swaps a picture unseen; what was deleted in time is no flaw."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from core import sealing
from core.facts.evidence import Picture
from core.facts.issue import IssueNumber
from core.store import tables
from tests.office import Office
from tests.recordings import KEY, hang_camera, here, shoots_all, verified


@pytest.fixture
def pictured(office: Office) -> tuple[Office, IssueNumber]:
    """An issue with three pictures, sealed."""
    hang_camera(office)
    issue = office.accepted()
    shoots_all(office)
    with office.database.begin() as store:
        sealing.seal(store, site=office.site, key=KEY, now=office.now)
    return office, issue


def file_of(folder: Path, picture: Picture) -> Path:
    assert picture.sha256 is not None
    return next((folder / "pictures").rglob(picture.sha256))


def test_untouched_pictures_verify(pictured: tuple[Office, IssueNumber]) -> None:
    found = verified(pictured[0])

    assert (found.flaws, found.pictures) == ((), 3)


def test_one_changed_byte_is_named(pictured: tuple[Office, IssueNumber], tmp_path: Path) -> None:
    office, issue = pictured
    picture = here(office, issue)[1]
    file = file_of(tmp_path, picture)
    content = bytearray(file.read_bytes())
    content[5] ^= 1
    file.write_bytes(content)

    (flaw,) = verified(office).flaws

    assert flaw.issue == issue
    assert flaw.what == f"picture {picture.sha256} is not as it was received"


def test_a_missing_picture_is_named(pictured: tuple[Office, IssueNumber], tmp_path: Path) -> None:
    office, issue = pictured
    picture = here(office, issue)[0]
    file_of(tmp_path, picture).unlink()

    assert [flaw.what for flaw in verified(office).flaws] == [
        f"picture {picture.sha256} is missing"
    ]


def test_pictures_that_are_swapped_in_the_register_are_found(
    pictured: tuple[Office, IssueNumber],
) -> None:
    office, issue = pictured
    first, second, _ = here(office, issue)
    with office.database.begin() as store:
        store.connection.execute(
            sa.update(tables.picture)
            .where(tables.picture.c.id == first.id)
            .values(sha256=second.sha256)
        )

    assert {flaw.issue for flaw in verified(office).flaws} == {issue}


def test_a_picture_that_the_register_has_forgotten_is_found(
    pictured: tuple[Office, IssueNumber],
) -> None:
    office, issue = pictured
    with office.database.begin() as store:
        store.connection.execute(sa.delete(tables.picture).where(tables.picture.c.issue == issue))

    assert len(verified(office).flaws) == 3


def test_an_entry_about_a_picture_cannot_be_changed(pictured: tuple[Office, IssueNumber]) -> None:
    office, issue = pictured
    entry = next(one for one in office.journal(issue) if one.kind == "picture_attached")
    body = entry.body.replace('"masked":true', '"masked":false')
    assert body != entry.body
    with office.database.begin() as store:
        store.connection.execute(
            sa.update(tables.journal).where(tables.journal.c.seq == entry.seq).values(body=body)
        )

    assert entry.seq in {flaw.seq for flaw in verified(office).flaws}


def test_what_was_deleted_in_time_is_no_flaw(
    pictured: tuple[Office, IssueNumber], tmp_path: Path
) -> None:
    office, issue = pictured
    office.handled(issue)
    office.closed(issue)
    with office.database.begin() as store:  # a review by rule would hold it
        store.connection.execute(sa.update(tables.review).values(state="withdrawn"))
    office.tick()
    with office.database.begin() as store:
        store.connection.execute(sa.update(tables.review).values(state="withdrawn"))
    office.fast_forward(days=31)

    assert here(office, issue) == []
    assert [one for one in (tmp_path / "pictures").rglob("*") if one.is_file()] == []
    assert verified(office).flaws == ()
