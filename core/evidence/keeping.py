"""Looking at pictures, and deleting them in time: each look and each deletion is an entry."""

from datetime import datetime

from core.errors import Incomplete, NotFound
from core.evidence import answering, policy
from core.facts.device import SiteCode
from core.facts.evidence import Picture, PictureState
from core.facts.issue import IssueNumber
from core.facts.journal import PictureDeleted, PictureViewed
from core.facts.people import PersonCode
from core.store.store import Store


def look(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    sha256: str,
    by: PersonCode,
    purpose: str,
    now: datetime,
) -> Picture:
    """Write down that somebody looks at a picture of an issue, and return it.

    :raises Incomplete: no purpose. :raises NotFound: the issue has no such picture any more.
    """
    if not purpose.strip():
        raise Incomplete("say what the picture is looked at for")
    store.journal.lock(site)
    for picture in store.pictures.of_issues(site, [issue]).get(issue, ()):
        if picture.sha256 == sha256 and picture.state is PictureState.HERE:
            entry = PictureViewed(sha256=sha256, purpose=purpose.strip())
            store.journal.append(site, issue, entry, at=now, by=by)
            return picture
    raise NotFound(f"issue {issue} has no such picture")


def expire(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Give up what never came and delete what has been kept long enough; return how many.

    The bytes go before the commit: if it fails, the same is done again.
    """
    store.journal.lock(site)
    pictures = store.pictures.to_look_at(site, now, limit=limit)
    for picture in pictures:
        if picture.state is PictureState.WANTED:
            answering.missing(store, picture, reason=policy.NO_ANSWER, now=now)
        elif picture.state is PictureState.ARRIVING:
            answering.missing(store, picture, reason=policy.NOT_DELIVERED, now=now)
        else:
            _keep_or_delete(store, picture, now)
    unannounced = store.pictures.files_to_look_at(site, now, limit=limit)
    for sha256 in unannounced:
        same = store.pictures.of_sha256(site, sha256)
        if any(one.state in {PictureState.HERE, PictureState.ARRIVING} for one in same):
            store.pictures.change_file(site, sha256, look_at=None)
        else:
            store.pictures.drop_file(site, sha256)
            store.blobs.delete(site, sha256)
    return len(pictures) + len(unannounced)


def _keep_or_delete(store: Store, picture: Picture, now: datetime) -> None:
    issue = store.issues.find(picture.site, picture.issue)
    reviews = store.reviews.of_issues(picture.site, [picture.issue]).get(picture.issue, ())
    kept = policy.retention(issue, reviews)
    ends_at = (picture.taken_at or picture.moment) + kept.span
    if ends_at > now:
        store.pictures.change(picture, look_at=ends_at)
    elif policy.held(issue, reviews):
        store.pictures.change(picture, look_at=now + policy.HELD)
    else:
        _delete(store, picture, reason=policy.why_deleted(kept), now=now)


def _delete(store: Store, picture: Picture, *, reason: str, now: datetime) -> None:
    """Hash and reason stay; the bytes go once no other issue has them."""
    assert picture.sha256 is not None
    entry = PictureDeleted(
        sha256=picture.sha256, label=picture.label.value, camera=picture.camera, reason=reason
    )
    store.journal.append(picture.site, picture.issue, entry, at=now)
    store.pictures.change(
        picture, state=PictureState.DELETED.value, since=now, reason=reason, look_at=None
    )
    same = store.pictures.of_sha256(picture.site, picture.sha256)
    if not any(one.state is PictureState.HERE for one in same):
        store.pictures.drop_file(picture.site, picture.sha256)
        store.blobs.delete(picture.site, picture.sha256)
