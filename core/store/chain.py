"""The hash chain over the journal: pure, so that anybody can compute it again."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from core.facts import moment
from core.facts.device import Plain

#: What the first entry of an issue is chained to.
GENESIS = ""


def body_text(body: dict[str, Plain | list[str]]) -> str:
    """Return the one text that stands for a body: sorted keys, no blanks."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(
    previous: str,
    *,
    site: str,
    issue: int,
    ordinal: int,
    kind: str,
    at: datetime,
    by: str | None,
    body: str,
) -> str:
    """Return the hash of an entry: SHA-256 over the previous hash and all the entry says."""
    said = "\x1f".join(
        (previous, site, str(issue), str(ordinal), kind, _said_at(at), by or "", body)
    )
    return hashlib.sha256(said.encode()).hexdigest()


def _said_at(at: datetime) -> str:
    # Only of UTC is equal also the same: elsewhere an hour comes twice a year.
    return _of_utc(at) if at.tzinfo is UTC else moment.text(at)


#: Entries of one batch bear the same moment.
_of_utc = lru_cache(maxsize=64)(moment.text)


def digest(previous: str, hashes: Iterable[str]) -> str:
    """Return the digest of a checkpoint: over the one before and every hash since."""
    running = hashlib.sha256(previous.encode())
    for one in hashes:
        running.update(one.encode())
    return running.hexdigest()


def seal(key: bytes, *, site: str, upto: int, entries: int, digest: str) -> str:
    """Return the seal of a checkpoint, which nobody without the key can make."""
    said = f"{site}\x1f{upto}\x1f{entries}\x1f{digest}"
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
