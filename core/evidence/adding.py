"""Pictures that people add to an issue: from before and after the handling (现场照片)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import NotAllowedNow, NotReadable
from core.evidence import photo, policy
from core.evidence.photo import Photo
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.evidence import Label, Origin, Picture, PictureFile, PictureState, Retention
from core.facts.issue import Issue, IssueNumber
from core.facts.journal import PictureAttached
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.store.database import Database
from core.store.store import Store

#: What a person's picture may show.
SHOWS = (Label.BEFORE, Label.NOW)
#: A telephone's clock may run ahead by so much.
_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What a person says of a picture he adds."""

    shows: Label
    taken_at: datetime
    origin: Origin
    place: PlaceCode | None = None
    #: Empty: what the file itself says.
    taken_with: str = ""


def read(content: bytes, *, sha256: str) -> Photo:
    """Return a picture as it will be kept.

    :raises NotReadable: not the bytes of that hash, or no picture that can be read.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotReadable("these are not the bytes of that hash")
    return photo.read(content)


def keep(database: Database, *, site: SiteCode, made: Photo) -> str:
    """Let the bytes be durable, before anything speaks of them; return their hash."""
    sha256 = hashlib.sha256(made.content).hexdigest()
    with database.read() as store:
        store.blobs.add(site, sha256, made.content)
    return sha256


def add(
    store: Store,
    *,
    issue: Issue,
    received: str,
    made: Photo,
    said: Added,
    by: PersonCode,
    now: datetime,
) -> Picture:
    """Let a person's picture belong to an issue; added again it is there once.

    :param received: the hash of the file as it came.
    :raises NotReadable: taken in the future, at a place nobody knows, or it shows something else.
    :raises NotAllowedNow: the issue has as many as anybody can look at.
    """
    site = issue.site
    store.journal.lock(site)
    _check(store, site, said, now)
    known = [one for one in _of(store, site, issue.number) if one.by is not None]
    for one in known:
        if (one.received, one.label) == (received, said.shows):
            return one
    if len(known) >= policy.MOST_ADDED:
        raise NotAllowedNow(f"an issue has at most {policy.MOST_ADDED} pictures of people")
    return _attach(store, issue, received=received, made=made, said=said, by=by, now=now)


def _attach(
    store: Store,
    issue: Issue,
    *,
    received: str,
    made: Photo,
    said: Added,
    by: PersonCode,
    now: datetime,
) -> Picture:
    sha256 = hashlib.sha256(made.content).hexdigest()
    site, taken_with = issue.site, (said.taken_with or made.model)[:200] or None
    _file(store, site, sha256, made, by=by, now=now)
    entry = PictureAttached(
        sha256=sha256,
        label=said.shows.value,
        camera="",
        taken_at=moment.text(said.taken_at),
        media_type="image/jpeg",
        bytes=len(made.content),
        masked=False,
        origin=said.origin.value,
        taken_with=taken_with,
        place=said.place,
        received=received,
    )
    store.journal.append(site, issue.number, entry, at=now, by=by)
    return store.pictures.add(
        site,
        issue=issue.number,
        camera="",
        label=said.shows.value,
        moment=said.taken_at,
        asked_at=now,
        state=PictureState.HERE.value,
        since=now,
        look_at=said.taken_at + Retention.STANDARD.span,
        sha256=sha256,
        taken_at=said.taken_at,
        width=made.width,
        height=made.height,
        media_type="image/jpeg",
        bytes=len(made.content),
        by=by,
        origin=said.origin.value,
        taken_with=taken_with,
        place=said.place,
        received=received,
    )


def _file(
    store: Store, site: SiteCode, sha256: str, made: Photo, *, by: PersonCode, now: datetime
) -> None:
    if store.pictures.file(site, sha256) is None:
        if not store.blobs.holds(site, sha256):
            store.blobs.add(site, sha256, made.content)  # it was deleted meanwhile
        file = PictureFile(
            sha256=sha256,
            bytes=len(made.content),
            media_type="image/jpeg",
            received_at=now,
            gateway=f"person {by}"[:64],
        )
        store.pictures.add_file(site, file, look_at=now + policy.UNANNOUNCED)
    store.pictures.change_file(site, sha256, look_at=None)


def _of(store: Store, site: SiteCode, issue: IssueNumber) -> list[Picture]:
    return store.pictures.of_issues(site, [issue]).get(issue, [])


def _check(store: Store, site: SiteCode, said: Added, now: datetime) -> None:
    if said.shows not in SHOWS:
        raise NotReadable("a person's picture shows how it was before, or how it is now")
    if said.taken_at > now + _AHEAD:
        raise NotReadable("a picture was not taken in the future")
    if said.place is not None and not store.sites.known_places(site, [said.place]):
        raise NotReadable(f"place {said.place!r} is not known here")
