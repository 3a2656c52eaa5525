"""The restore drill: a store and its pictures come back from one file, entry by entry."""

import itertools
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url
from typer.testing import CliRunner

from core import sealing
from core.facts.rules import Rules
from core.store.blobs import Blobs
from core.store.database import Database
from front import backup
from front.backup import BackupFailed
from front.data_folder import DataFolder
from shouwen import app
from tests import recordings
from tests.office import Office

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
KEY = b"k" * 32
_numbers = itertools.count()


@pytest.fixture
def elsewhere(database_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty place of the same engine."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'shouwen.sqlite'}"
        return
    if shutil.which("pg_dump") is None:
        if os.environ.get("SHOUWEN_REQUIRE_ALL") == "1":
            pytest.fail("pg_dump is missing, and nothing may be skipped")
        pytest.skip("pg_dump is missing")
    named = make_url(database_url)
    name = f"restored_{os.getpid()}_{next(_numbers)}"
    admin = named.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield named.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def lived(office: Office) -> Office:
    """An office in which something happened, with pictures of it."""
    recordings.hang_camera(office)
    office.accepted()
    recordings.shoots_all(office)
    with office.database.begin() as store:
        sealing.seal(store, site=office.site, key=KEY, now=office.now)
    return office


def test_everything_comes_back_and_goes_on(
    lived: Office, database_url: str, elsewhere: str, rules: Rules, tmp_path: Path
) -> None:
    out = tmp_path / "office.backup"
    made = backup.make(url=database_url, pictures=lived.database.blobs, out=out, now=NOW)
    assert made.pictures > 0
    lived.accepted(words="after the backup")

    there = Blobs.open(tmp_path / "other-pictures")
    backup.put_back(file=out, url=elsewhere, pictures=there)

    restored = Database.open(elsewhere, rules=rules, pictures=tmp_path / "other-pictures")
    restored.migrate()
    with restored.read() as store:
        verified = sealing.verify(store, site=lived.site, key=KEY)
        assert verified.flaws == ()
        assert verified.pictures == made.pictures
    with lived.database.read() as store:
        assert sealing.verify(store, site=lived.site, key=KEY).entries > verified.entries
    again = Office(restored)
    again.now, again._events = lived.now, lived._events
    issue = again.accepted()
    assert again.issue(issue).number == issue
    restored.close()


def test_nothing_is_written_over_what_stands(
    lived: Office, database_url: str, tmp_path: Path
) -> None:
    out = tmp_path / "office.backup"
    backup.make(url=database_url, pictures=lived.database.blobs, out=out, now=NOW)
    with pytest.raises(BackupFailed, match="is there already"):
        backup.make(url=database_url, pictures=lived.database.blobs, out=out, now=NOW)
    with pytest.raises(BackupFailed, match="stands there already"):
        backup.put_back(file=out, url=database_url, pictures=lived.database.blobs)


def _flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)


def _cut(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def _newer(file: Path) -> None:
    _rewritten(file, lambda said: {**said, "revision": "from tomorrow"})


def _without_a_picture(file: Path) -> None:
    _rewritten(file, lambda said: {**said, "pictures": int(str(said["pictures"])) - 1}, but=1)


def _rewritten(
    file: Path, change: Callable[[dict[str, object]], dict[str, object]], but: int = 0
) -> None:
    with tarfile.open(file) as tar:
        parts = [(one.name, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]
    pictures = [name for name, _ in parts if name.startswith("pictures/")][:but]
    with file.open("wb") as target, tarfile.open(fileobj=target, mode="w") as tar:
        for name, content in parts:
            if name in pictures:
                continue
            said = content
            if name == "manifest.json":
                said = json.dumps(change(json.loads(content))).encode()
            backup._add(tar, name, said)


def _foreign(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04 something else")


@pytest.mark.parametrize(
    "spoil",
    [_flipped, _cut, _newer, _without_a_picture, _foreign],
    ids=["a bit", "half", "newer", "lacking", "foreign"],
)
def test_a_spoilt_backup_is_told_and_leaves_no_store(
    request: pytest.FixtureRequest, rules: Rules, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    template = request.getfixturevalue("_sqlite_template")
    url = f"sqlite:///{shutil.copy(template, tmp_path / 'store.sqlite')}"
    database = Database.open(url, rules=rules)
    office = Office(database)
    recordings.hang_camera(office)
    office.accepted()
    recordings.shoots_all(office)
    out, target = tmp_path / "office.backup", tmp_path / "new" / "shouwen.sqlite"
    backup.make(url=url, pictures=database.blobs, out=out, now=NOW)
    database.close()
    spoil(out)

    with pytest.raises(BackupFailed):
        backup.put_back(
            file=out, url=f"sqlite:///{target}", pictures=Blobs.open(tmp_path / "new-pictures")
        )

    assert not target.exists()
    assert [one.name for one in target.parent.iterdir()] == []


def test_the_commands_say_what_they_did(rules: Rules, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "old")
    folder.seal_key()
    database = Database.open(folder.database_url, rules=rules)
    database.migrate()
    Office(database).accepted()
    database.close()
    out, new = tmp_path / "a.backup", tmp_path / "new"
    run = CliRunner()

    made = run.invoke(app, ["backup", str(out), "--data", str(folder.path)])
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["rows"] > 0
    assert out.stat().st_mode & 0o077 == 0
    without = run.invoke(app, ["restore", str(out), "--data", str(new)])
    assert without.exit_code == 2
    key = str(folder.path / "seal.key")
    back = run.invoke(app, ["restore", str(out), "--data", str(new), "--seal-key", key])

    assert back.exit_code == 0, back.output
    assert json.loads(back.stdout.splitlines()[-1])["flaws"] == 0
    assert DataFolder(new).read_seal_key() == folder.read_seal_key()
