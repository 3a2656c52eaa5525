"""Files named by their SHA-256, whole or not at all: ``ab/abcdef…``."""

import os
import re
from collections.abc import Collection
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}\Z")
_FRESH = ".fresh"


def write(folder: Path, sha256: str, content: bytes) -> None:
    """Put the bytes on the disk under their hash; they are there for good when this returns.

    :raises OSError: the disk does not take it
    """
    path = _path(folder, sha256)
    if path.exists() and path.stat().st_size == len(content):
        return
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_name(path.name + _FRESH)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    _sync(path.parent)
    _sync(folder)


def read(folder: Path, sha256: str) -> bytes | None:
    """Return the bytes under a hash, unless there are none."""
    if not _NAME.match(sha256):
        return None
    try:
        return _path(folder, sha256).read_bytes()
    except OSError:
        return None


def remove(folder: Path, sha256: str) -> None:
    """Delete the file under a hash, if it is there."""
    _path(folder, sha256).unlink(missing_ok=True)


def tidy(folder: Path, known: Collection[str]) -> set[str]:
    """Delete what nobody knows, and return what is there."""
    there: set[str] = set()
    for path in folder.glob("??/*"):
        if path.name in known:
            there.add(path.name)
        else:
            path.unlink(missing_ok=True)
    return there


def _path(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def _sync(folder: Path) -> None:
    """See that the folder itself remembers the new name."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
