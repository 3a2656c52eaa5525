"""The store of pictures: write-once, named by SHA-256, in a local folder or in S3.

A picture lies at ``<site>/sha256/<aa>/<bb>/<sha256>``; a site never reaches another's pictures.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from core.errors import NoPictures
from core.facts.device import SiteCode

if TYPE_CHECKING:  # their names exist for type checkers only
    from obstore.store import ClientConfig, RetryConfig


#: A store on the network is given up soon: others wait for whoever waits for it. Plain HTTP is
#: spoken only where the endpoint that an operator has set says so.
_CLIENT: "ClientConfig" = {"connect_timeout": "2s", "timeout": "20s", "allow_http": True}
_RETRY: "RetryConfig" = {"max_retries": 1, "retry_timeout": timedelta(seconds=5)}


class Blobs:
    """Bytes by their hash. What is there is never written again, only deleted."""

    def __init__(self, store: ObjectStore, folder: Path | None) -> None:
        """Take what ``open`` has prepared."""
        self._store = store
        self._folder = folder

    @classmethod
    def open(cls, where: str | Path) -> "Blobs":
        """Open a folder, made if need be, or ``s3://bucket/prefix`` with the usual ``AWS_…``."""
        if "://" in str(where):
            return cls(from_url(str(where), client_options=_CLIENT, retry_config=_RETRY), None)
        folder = Path(where).absolute()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(LocalStore(folder), folder)

    def add(self, site: SiteCode, sha256: str, content: bytes) -> None:
        """Keep a picture; once this returns, it survives a power cut.

        A file that was left torn by one is replaced: it was never receipted.
        """
        key = _key(site, sha256)
        with _reached():
            try:
                self._store.put(key, content, mode="create")
            except AlreadyExistsError:
                if not self.is_whole(site, sha256):
                    self._store.put(key, content)
        self._sync(key)

    def read(self, site: SiteCode, sha256: str) -> bytes | None:
        """Return a picture's bytes as they lie there; None: nothing lies there."""
        with _reached():
            try:
                return bytes(self._store.get(_key(site, sha256)).bytes())
            except FileNotFoundError:
                return None

    def holds(self, site: SiteCode, sha256: str) -> bool:
        """Say whether something lies there under this name."""
        with _reached():
            try:
                self._store.head(_key(site, sha256))
            except FileNotFoundError:
                return False
            return True

    def is_whole(self, site: SiteCode, sha256: str) -> bool:
        """Say whether it is there, byte for byte."""
        content = self.read(site, sha256)
        return content is not None and hashlib.sha256(content).hexdigest() == sha256

    def delete(self, site: SiteCode, sha256: str) -> None:
        """Delete a picture; one that is gone already is gone."""
        with _reached():
            try:
                self._store.delete(_key(site, sha256))
            except FileNotFoundError:
                return

    def _sync(self, key: str) -> None:
        """Make the file and every folder above it durable; S3 answers once it is."""
        if self._folder is None:
            return
        path = self._folder / key
        while path != self._folder.parent:
            file = os.open(path, os.O_RDONLY)
            try:
                os.fsync(file)
            finally:
                os.close(file)
            path = path.parent


@contextmanager
def _reached() -> Iterator[None]:
    """Say ``NoPictures`` where the store cannot do what it is asked: try again later."""
    try:
        yield
    except (BaseError, OSError) as problem:
        raise NoPictures(f"the store of pictures fails: {type(problem).__name__}") from problem


def _key(site: SiteCode, sha256: str) -> str:
    return f"{quote(site, safe='')}/sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"
