"""What the commands ``backup`` and ``restore`` find, say, and prove afterwards."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import typer

from api.clock import SystemClock
from core.rules import rules
from core.store.blobs import Blobs
from core.store.database import Database
from front import backup, verifying
from front.backup import BackupFailed
from front.data_folder import DataFolder, NoStore


def make(out: Path, *, data: Path | None, database: str | None) -> str:
    """Write a backup; return what it holds as a JSON line.

    :raises typer.BadParameter: no store, or it could not be written.
    """
    try:
        folder = DataFolder.found(data)
        manifest = backup.make(
            url=database or folder.database_url,
            pictures=Blobs.open(_pictures(folder)),
            out=out,
            now=SystemClock().now(),
        )
    except (NoStore, BackupFailed) as problem:
        raise typer.BadParameter(str(problem)) from None
    return json.dumps(
        {
            "backup": str(out),
            "bytes": out.stat().st_size,
            "rows": sum(manifest.rows.values()),
            "pictures": manifest.pictures,
            "gone": list(manifest.gone),
            "keep_apart": str(folder.seal_key()),
        },
        ensure_ascii=False,
    )


def put_back(
    file: Path, *, data: Path, database: str | None, seal_key: Path | None
) -> Iterator[verifying.Line]:
    """Put a backup into an empty folder and verify the whole of it, seal by seal.

    :raises typer.BadParameter: it cannot be put there; then nothing stands there.
    """
    folder = DataFolder(data)
    if seal_key is not None and not folder.holds_one():
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(seal_key, folder.seal_key())
    if not folder.holds_one():
        raise typer.BadParameter(f"{data} has no seal.key: say where it lies with --seal-key")
    url = database or folder.database_url
    try:
        manifest = backup.put_back(file=file, url=url, pictures=Blobs.open(_pictures(folder)))
    except BackupFailed as problem:
        raise typer.BadParameter(str(problem)) from None
    opened = Database.open(url, rules=rules())
    try:
        opened.migrate()
    finally:
        opened.close()
    for line in verifying.verify(data=data, database=database):
        gone = any(name.rpartition("/")[2] in line.text for name in manifest.gone)
        yield verifying.Line(line.text, sound=line.sound or gone)


def _pictures(folder: DataFolder) -> str | Path:
    return os.environ.get("PICTURES_URL") or folder.path / "pictures"
