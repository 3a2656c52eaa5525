"""``shouwen backup`` and ``restore``: database and pictures in one file, verified when it is back.

The file is a plain tar: ``database``, then ``pictures/SITE/SHA256``, and ``manifest.json`` last, so
that a backup which was broken off is none.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, unquote

from core.facts.device import SiteCode
from core.store import snapshot
from core.store.blobs import Blobs
from core.store.snapshot import Standing

FORMAT = 1
_MANIFEST, _DATABASE = "manifest.json", "database"
_PICTURE = re.compile(r"pictures/(?P<site>[^/]+)/(?P<sha256>[0-9a-f]{64})\Z")
_BLOCK = 1024 * 1024


class BackupFailed(Exception):
    """A backup could not be made or put back, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds."""

    made_at: str
    engine: str
    revision: str
    rows: dict[str, int]
    #: SHA-256 of the database's part.
    database: str
    pictures: int
    #: Pictures that were deleted while the backup was made, as ``SITE/SHA256``.
    gone: tuple[str, ...]


def make(*, url: str, pictures: Blobs, out: Path, now: datetime) -> Manifest:
    """Write a backup of what stands now; who works meanwhile is not disturbed.

    :raises BackupFailed: the file is there already, there is no store, or no program to dump it.
    """
    if out.exists():
        raise BackupFailed(f"{out} is there already")
    if snapshot.is_empty(url):
        raise BackupFailed("there is no store to back up")
    with tempfile.TemporaryDirectory(dir=out.absolute().parent, prefix=".backup-") as scratch:
        part, database = Path(scratch) / "part", Path(scratch) / _DATABASE
        standing = _dump(url, database)
        gone: list[str] = []
        with part.open("wb") as written, tarfile.open(fileobj=written, mode="w|") as tar:
            tar.add(database, arcname=_DATABASE, filter=_plain)
            for site, sha256 in standing.pictures:
                content = pictures.read(site, sha256)
                if content is None:
                    gone.append(f"{site}/{sha256}")
                else:
                    _add(tar, f"pictures/{quote(site, safe='')}/{sha256}", content)
            manifest = Manifest(
                made_at=now.isoformat(timespec="seconds"),
                engine=standing.engine,
                revision=standing.revision,
                rows=standing.rows,
                database=_sha256(database),
                pictures=len(standing.pictures) - len(gone),
                gone=tuple(gone),
            )
            said = {"format": FORMAT, **_fields(manifest)}
            _add(tar, _MANIFEST, json.dumps(said, ensure_ascii=False, indent=1).encode())
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.chmod(0o600)
        os.link(part, out)  # never over a file that came meanwhile
    return manifest


def put_back(*, file: Path, url: str, pictures: Blobs) -> Manifest:
    """Put a backup into an empty place; each part is compared with what the backup says of it.

    :raises BackupFailed: something stands there, or the file is damaged, broken off or of
        another engine; then no store is there.
    """
    if not snapshot.is_empty(url):
        raise BackupFailed("a store stands there already: restore into an empty place")
    target = snapshot.file_of(url).absolute().parent if snapshot.is_sqlite(url) else None
    if target is not None:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=target, prefix=".restore-") as scratch:
        database = Path(scratch) / _DATABASE
        with _damage(file):
            manifest = _unpack(file, database, pictures)
        if manifest.engine != ("sqlite" if target is not None else "postgresql"):
            raise BackupFailed(f"the backup is of {manifest.engine}: restore it there")
        if not snapshot.is_known(manifest.revision):
            raise BackupFailed("the backup is of a newer version of this program")
        if target is None:
            _restore(url, database)
            _compare(url, pictures, manifest)
        else:
            if not snapshot.is_sound(database):
                raise BackupFailed("the database of the backup is damaged")
            _compare(f"sqlite:///{database}", pictures, manifest)
            _place(database, snapshot.file_of(url))
    return manifest


def _dump(url: str, target: Path) -> Standing:
    if snapshot.is_sqlite(url):
        snapshot.copy_sqlite(url, target)
        with snapshot.held(f"sqlite:///{target}") as standing:
            return standing
    with snapshot.held(url) as standing:
        address, password = snapshot.libpq(url)
        said = ["--format=custom", f"--snapshot={standing.name}", f"--file={target}", address]
        _run("pg_dump", said, password)
        return standing


def _place(database: Path, store: Path) -> None:
    with database.open("rb") as file:
        os.fsync(file.fileno())
    database.chmod(0o600)
    os.link(database, store)  # never over a store that came meanwhile


def _restore(url: str, database: Path) -> None:
    address, password = snapshot.libpq(url)
    said = ["--no-owner", "--no-acl", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", [*said, f"--dbname={address}", str(database)], password)


def _compare(url: str, pictures: Blobs, manifest: Manifest) -> None:
    """Count again what was put back, and look for each picture that it speaks of."""
    with snapshot.held(url) as standing:
        if standing.rows != manifest.rows:
            raise BackupFailed("the database has other rows than the backup says")
        if lacking := _lacking(standing, pictures, manifest):
            raise BackupFailed(f"{len(lacking)} pictures are not in the backup: {lacking[0]}")


def _run(program: str, said: list[str], password: str | None) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupFailed(f"{program} is not installed here")
    known = {"PGPASSWORD": password} if password else {}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell, no words of others
        [found, *said], check=False, capture_output=True, text=True, env={**os.environ, **known}
    )
    if done.returncode != 0:
        raise BackupFailed(f"{program}: {done.stderr.strip()[-500:]}")


def _unpack(file: Path, database: Path, pictures: Blobs) -> Manifest:
    """Read a backup through once; a picture is known by its own hash."""
    manifest: Manifest | None = None
    count = 0
    with tarfile.open(file, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                raise BackupFailed(f"{member.name!r} is no part of a backup")
            if member.name == _DATABASE:
                with database.open("wb") as target:
                    shutil.copyfileobj(content, target, _BLOCK)
            elif member.name == _MANIFEST:
                manifest = _manifest(content.read())
            elif found := _PICTURE.match(member.name):
                _keep(pictures, SiteCode(unquote(found["site"])), found["sha256"], content.read())
                count += 1
            else:
                raise BackupFailed(f"{member.name!r} is no part of a backup")
    if manifest is None or not database.exists():
        raise BackupFailed("the backup was broken off: it has no end")
    if _sha256(database) != manifest.database or count != manifest.pictures:
        raise BackupFailed("the backup is not as it was made")
    return manifest


def _keep(pictures: Blobs, site: SiteCode, sha256: str, content: bytes) -> None:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BackupFailed(f"picture {sha256} is not as it was received")
    pictures.add(site, sha256, content)


def _manifest(text: bytes) -> Manifest:
    said: dict[str, Any] = json.loads(text)
    if said.pop("format", None) != FORMAT:
        raise BackupFailed("the backup is of another version of this program")
    return Manifest(**{**said, "gone": tuple(said["gone"])})


def _fields(manifest: Manifest) -> dict[str, object]:
    return {name: getattr(manifest, name) for name in Manifest.__dataclass_fields__}


def _lacking(standing: Standing, pictures: Blobs, manifest: Manifest) -> list[str]:
    names = (f"{site}/{sha256}" for site, sha256 in standing.pictures)
    known = zip(names, standing.pictures, strict=True)
    return [
        name
        for name, (site, sha256) in known
        if name not in manifest.gone and not pictures.holds(site, sha256)
    ]


@contextmanager
def _damage(file: Path) -> Iterator[None]:
    """Say of a file that is no backup what it is, whatever its reader stumbled over."""
    try:
        yield
    except (tarfile.TarError, EOFError, ValueError, TypeError, KeyError) as problem:
        raise BackupFailed(f"{file} is no whole backup: {type(problem).__name__}") from problem
    except FileNotFoundError:
        raise BackupFailed(f"{file} is not there") from None


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.mode, member.uid, member.gid, member.uname, member.gname = 0o600, 0, 0, "", ""
    return member


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while block := file.read(_BLOCK):
        found.update(block)
    return found.hexdigest()
