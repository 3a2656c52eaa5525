"""Sealing the journal, and proving that nobody changed, removed or inserted a line of it.

Each issue's entries are a hash chain; regular checkpoints run over all entries of a site in the
order they were written and are sealed with a key that is not in the database.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.store import chain
from core.store.checkpoints import Checkpoint
from core.store.journal import Written
from core.store.store import Store

#: Entries one checkpoint may span; a longer stretch becomes several.
SPAN = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A place where the journal is not as it was written."""

    site: SiteCode
    what: str
    issue: IssueNumber | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was looked at, and what is wrong with it."""

    entries: int
    checkpoints: int
    #: Pictures whose bytes were hashed again.
    pictures: int
    flaws: tuple[Flaw, ...]


def seal(store: Store, *, site: SiteCode, key: bytes, now: datetime) -> int:
    """Seal what was written since the last checkpoint; return how many entries that is."""
    store.journal.lock(site)
    sealed = 0
    last = store.checkpoints.last(site)
    while True:
        page = store.journal.after(site, last.upto if last else 0, limit=SPAN)
        if not page:
            return sealed
        digest = chain.digest(last.digest if last else chain.GENESIS, (one.hash for one in page))
        entries = (last.entries if last else 0) + len(page)
        last = Checkpoint(
            at=now,
            upto=page[-1].seq,
            entries=entries,
            digest=digest,
            seal=chain.seal(key, site=site, upto=page[-1].seq, entries=entries, digest=digest),
        )
        store.checkpoints.add(site, last)
        sealed += len(page)


def verify(store: Store, *, site: SiteCode, key: bytes) -> Verified:
    """Compute every hash, chain and seal again, and name whatever does not agree."""
    heads: dict[IssueNumber, tuple[int, str]] = {}
    checkpoints = store.checkpoints.all(site)
    walk = _Walk(site, checkpoints, key)
    flaws: list[Flaw] = []
    attached: Counter[Attached] = Counter()
    count = 0
    for entry in store.journal.all(site):
        count += 1
        _count_pictures(entry, attached)
        flaws += _linked(entry, heads)
        flaws += walk.on(entry)
    flaws += walk.end()
    flaws += _heads(site, heads, store.issues.heads(site))
    flaws += _pictures(store, site, +attached)
    hashed = len({picture.sha256 for picture in +attached})
    return Verified(
        entries=count, checkpoints=len(checkpoints), pictures=hashed, flaws=tuple(flaws)
    )


@dataclass(frozen=True, slots=True, order=True)
class Attached:
    """A picture as the journal knows it."""

    issue: IssueNumber
    sha256: str
    label: str
    camera: str


def _count_pictures(entry: Written, attached: Counter[Attached]) -> None:
    """Count what is attached and not deleted again; a deletion with its tombstone is no flaw."""
    step = {"picture_attached": 1, "picture_deleted": -1}.get(entry.kind)
    if step is None:
        return
    try:
        said = json.loads(entry.body)
        one = Attached(entry.issue, said["sha256"], said["label"], said["camera"])
    except (ValueError, KeyError, TypeError):
        return  # its hash does not agree either: it is named there
    attached[one] += step


def _pictures(store: Store, site: SiteCode, attached: Counter[Attached]) -> Iterator[Flaw]:
    """Compare the register of pictures with the journal, and hash every picture again."""
    kept = Counter(
        Attached(one.issue, one.sha256 or "", one.label.value, one.camera)
        for one in store.pictures.here(site)
    )
    for one in sorted((attached - kept) | (kept - attached)):
        what = f"the journal and the register of pictures differ about picture {one.sha256}"
        yield Flaw(site=site, issue=one.issue, what=what)
    first = {one.sha256: one.issue for one in sorted(attached, reverse=True)}
    for sha256, issue in sorted(first.items()):
        content = store.blobs.read(site, sha256)
        if content is None:
            yield Flaw(site=site, issue=issue, what=f"picture {sha256} is missing")
        elif hashlib.sha256(content).hexdigest() != sha256:
            yield Flaw(site=site, issue=issue, what=f"picture {sha256} is not as it was received")


def _linked(entry: Written, heads: dict[IssueNumber, tuple[int, str]]) -> Iterator[Flaw]:
    """Check one entry against its issue's chain, and go on from what the entry itself says."""
    ordinal, head = heads.get(entry.issue, (0, chain.GENESIS))
    if entry.ordinal != ordinal + 1:
        what = f"entry {ordinal + 1} is missing before entry {entry.ordinal}"
        yield Flaw(site=entry.site, issue=entry.issue, seq=entry.seq, what=what)
    expected = chain.link(
        head,
        site=entry.site,
        issue=entry.issue,
        ordinal=entry.ordinal,
        kind=entry.kind,
        at=entry.at,
        by=entry.by,
        body=entry.body,
    )
    if entry.hash != expected:
        what = f"entry {entry.ordinal} is not as it was written"
        yield Flaw(site=entry.site, issue=entry.issue, seq=entry.seq, what=what)
    heads[entry.issue] = (entry.ordinal, entry.hash)


def _heads(
    site: SiteCode,
    walked: dict[IssueNumber, tuple[int, str]],
    kept: dict[IssueNumber, tuple[int, str]],
) -> Iterator[Flaw]:
    """Compare where each chain ends with what the register remembers of it."""
    for issue in sorted(walked.keys() | kept.keys()):
        if issue not in kept:
            yield Flaw(site=site, issue=issue, what="the register has no such issue")
        elif walked.get(issue, (0, chain.GENESIS)) != kept[issue]:
            what = f"the register remembers {kept[issue][0]} entries, and another end of the chain"
            yield Flaw(site=site, issue=issue, what=what)


class _Walk:
    """The checkpoints, met one by one on the way through the journal."""

    def __init__(self, site: SiteCode, checkpoints: list[Checkpoint], key: bytes) -> None:
        self._site = site
        self._left = list(checkpoints)
        self._key = key
        self._digest = chain.GENESIS
        self._hashes: list[str] = []
        self._count = 0

    def on(self, entry: Written) -> Iterator[Flaw]:
        while self._left and entry.seq > self._left[0].upto:
            yield from self._close(self._left.pop(0))
        self._hashes.append(entry.hash)
        self._count += 1

    def end(self) -> Iterator[Flaw]:
        while self._left:
            yield from self._close(self._left.pop(0))

    def _close(self, checkpoint: Checkpoint) -> Iterator[Flaw]:
        digest = chain.digest(self._digest, self._hashes)
        self._hashes = []
        expected = chain.seal(
            self._key,
            site=self._site,
            upto=checkpoint.upto,
            entries=checkpoint.entries,
            digest=checkpoint.digest,
        )
        if checkpoint.seal != expected:
            what = f"the checkpoint upto {checkpoint.upto} bears a seal that is not ours"
            yield Flaw(site=self._site, seq=checkpoint.upto, what=what)
        elif (digest, self._count) != (checkpoint.digest, checkpoint.entries):
            what = f"what was sealed upto {checkpoint.upto} is not what stands there"
            yield Flaw(site=self._site, seq=checkpoint.upto, what=what)
        self._digest = checkpoint.digest  # one flaw is told once, not by every later seal
        self._count = checkpoint.entries
