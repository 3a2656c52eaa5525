"""Bytes come in from gateways: checked against their hash, kept, and only then receipted."""

import hashlib
from datetime import datetime

from core.errors import NotFound, NotReadable
from core.evidence import answering
from core.facts.device import SiteCode
from core.facts.evidence import PictureFile
from core.store.database import Database

#: Kept as received; decoding is left to gateways and browsers.
MOST_BYTES = 10 * 1024 * 1024
_BEGINS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
MEDIA_TYPES = tuple(_BEGINS)


def receive(
    database: Database,
    *,
    site: SiteCode,
    gateway: str,
    sha256: str,
    content: bytes,
    media_type: str,
    now: datetime,
) -> bool:
    """Keep a picture; when this returns it is durable. False: it was there before.

    Killed at any moment, nothing is lost or doubled: bytes first, then the row, then the receipt.

    :raises NotReadable: not the bytes of that hash, not such a picture, empty, or too large.
    """
    _check(sha256, content, media_type)
    with database.read() as store:
        known = store.pictures.file(site, sha256) is not None
        if not known:
            store.blobs.add(site, sha256, content)
    file = PictureFile(
        sha256=sha256,
        bytes=len(content),
        media_type=media_type,
        received_at=now,
        gateway=gateway,
    )
    with database.begin() as store:
        store.journal.lock(site)
        if store.pictures.file(site, sha256) is None and not store.blobs.holds(site, sha256):
            store.blobs.add(site, sha256, content)  # it was deleted meanwhile
        answering.arrived(store, site=site, file=file, now=now)
    return not known


def whole(database: Database, *, site: SiteCode, sha256: str) -> bytes:
    """Return a picture's bytes, hashed again: what has changed is shown to nobody.

    :raises NotFound: it is missing, or not as it was received.
    """
    content = database.blobs.read(site, sha256)
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        raise NotFound(f"picture {sha256} is missing or not as it was received")
    return content


def _check(sha256: str, content: bytes, media_type: str) -> None:
    if not 0 < len(content) <= MOST_BYTES:
        raise NotReadable(f"a picture has 1 to {MOST_BYTES} bytes, not {len(content)}")
    begins = _BEGINS.get(media_type)
    if begins is None or not content.startswith(begins):
        raise NotReadable(f"these bytes are no picture of the type {media_type[:64]!r}")
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotReadable("these are not the bytes of that hash")
