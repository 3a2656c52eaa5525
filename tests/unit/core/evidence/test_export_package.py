"""A package verifies on a machine that has nothing but Python, and says what was changed."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import Incomplete, NotFound
from core.evidence.export import export
from core.facts.issue import IssueNumber
from tests.office import DIRECTOR, Office
from tests.recordings import hang_camera, here, shoots_all, verified

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def package(office: Office, tmp_path: Path) -> Path:
    """An unpacked package of an issue with three pictures."""
    hang_camera(office)
    issue = office.accepted()
    shoots_all(office)
    exports(office, issue, tmp_path / "package.zip")
    folder = tmp_path / "package"
    with zipfile.ZipFile(tmp_path / "package.zip") as file:
        file.extractall(folder)
    return folder


def exports(office: Office, issue: IssueNumber, out: Path, *, purpose: str = "投诉处理") -> int:
    return export(
        office.database,
        site=office.site,
        issue=issue,
        purpose=purpose,
        by=DIRECTOR,
        out=out,
        now=office.now,
    )


def check(path: Path) -> subprocess.CompletedProcess[str]:
    """Run the package's own program, isolated: no site packages, nothing of ours."""
    program = path / "check_package.py"
    return subprocess.run(
        [sys.executable, "-I", "-S", str(program), str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={},
        cwd="/",
    )


def test_it_verifies_anywhere(package: Path) -> None:
    done = check(package)

    assert (done.returncode, done.stdout) == (0, "everything is as it was exported\n")
    assert len(list((package / "pictures").iterdir())) == 3


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def _picture(folder: Path) -> None:
    _flip(next((folder / "pictures").iterdir()))


def _removed(folder: Path) -> None:
    next((folder / "pictures").iterdir()).unlink()


def _journal(folder: Path) -> None:
    file = folder / "journal.jsonl"
    file.write_bytes(file.read_bytes().replace(b"operator-1", b"operator-2", 1))


def _said(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        file = folder / "manifest.json"
        manifest = json.loads(file.read_bytes())
        change(manifest)
        file.write_text(json.dumps(manifest))

    return apply


def _forget_one(manifest: dict[str, object]) -> None:
    listed = manifest["pictures"]
    assert isinstance(listed, list)
    listed.pop()


@pytest.mark.parametrize(
    "change",
    [
        _picture,
        _removed,
        _journal,
        _said(lambda manifest: manifest.update(purpose="other")),
        _said(lambda manifest: manifest.update(exported_by="nobody")),
        _said(lambda manifest: manifest.update(head="0" * 64)),
        _said(_forget_one),
        _said(lambda manifest: manifest.pop("files")),
    ],
    ids=["picture", "removed", "journal", "purpose", "by", "head", "forgotten", "files"],
)
def test_what_was_changed_is_named(package: Path, change: Callable[[Path], None]) -> None:
    change(package)

    done = check(package)

    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].endswith("flaws")


def test_each_export_is_an_entry_with_its_purpose(office: Office, tmp_path: Path) -> None:
    issue = office.accepted()
    assert exports(office, issue, tmp_path / "empty.zip") == 0

    last = office.journal(issue)[-1]

    assert (last.kind, last.by) == ("pictures_exported", DIRECTOR)
    assert json.loads(last.body)["purpose"] == "投诉处理"


def test_nothing_leaves_without_a_purpose(office: Office, tmp_path: Path) -> None:
    issue = office.accepted()
    with pytest.raises(Incomplete):
        exports(office, issue, tmp_path / "out.zip", purpose=" ")
    assert not (tmp_path / "out.zip").exists()


def test_what_has_been_changed_does_not_leave_as_evidence(office: Office, tmp_path: Path) -> None:
    hang_camera(office)
    issue = office.accepted()
    shoots_all(office)
    picture = here(office, issue)[0]
    assert picture.sha256 is not None
    _flip(next((tmp_path / "pictures").rglob(picture.sha256)))

    with pytest.raises(NotFound):
        exports(office, issue, tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists()
    assert "pictures_exported" not in office.kinds(issue)
    assert verified(office).flaws
