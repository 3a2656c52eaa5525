"""What gateways answer: a picture, why there is none, or what a comparison has shown."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from core.errors import NotReadable
from core.evidence import policy
from core.facts import moment
from core.facts.device import DeviceEvent, EventType, Plain, SiteCode
from core.facts.evidence import (
    Comparison,
    Label,
    Picture,
    PictureFile,
    PictureState,
    Retention,
)
from core.facts.journal import Compared, PictureAttached, PictureMissing
from core.store.store import Store

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST_PIXELS = 100_000


def answer(store: Store, *, site: SiteCode, events: Iterable[DeviceEvent], now: datetime) -> None:
    """Let answers among these events have their effect, once however often they are told.

    An answer to what nobody asked, or of another camera than was asked, changes nothing.
    """
    for event in events:
        if event.type is EventType.SNAPSHOT_TAKEN:
            _picture(store, site, event, now)
        elif event.type is EventType.SCENE_COMPARED:
            _comparison(store, site, event, now)


def arrived(store: Store, *, site: SiteCode, file: PictureFile, now: datetime) -> None:
    """Note that a picture's bytes lie in the store, and attach it wherever it was announced."""
    store.journal.lock(site)
    store.pictures.add_file(site, file, look_at=now + policy.UNANNOUNCED)
    for picture in store.pictures.of_sha256(site, file.sha256):
        if picture.state is PictureState.ARRIVING:
            _attach(store, picture, now)


def missing(store: Store, picture: Picture, *, reason: str, now: datetime) -> Picture:
    """Write down that there is no such picture, and why."""
    entry = PictureMissing(
        label=picture.label.value, camera=picture.camera, reason=reason, report=picture.report
    )
    store.journal.append(picture.site, picture.issue, entry, at=now)
    return store.pictures.change(
        picture, state=PictureState.MISSING.value, since=now, reason=reason, look_at=None
    )


def _picture(store: Store, site: SiteCode, event: DeviceEvent, now: datetime) -> None:
    number = _number(event.data.get("want"), "p")
    picture = store.pictures.find(site, number) if number is not None else None
    if picture is None or not _is_waited_for(picture) or picture.camera != event.source.device:
        return
    sha256 = _sha256(event.data.get("sha256"))
    if sha256 is None:
        reason = _text(event.data.get("reason"), 400) or "unsaid"
        if picture.reason != reason:
            missing(store, picture, reason=reason, now=now)
        return
    coming = store.pictures.change(
        picture,
        state=PictureState.ARRIVING.value,
        since=now,
        look_at=now + policy.GIVE_UP,
        reason=None,
        sha256=sha256,
        **_described(event.data, otherwise=event.occurred_at),
    )
    if store.pictures.file(site, sha256) is not None:
        _attach(store, coming, now)


def _is_waited_for(picture: Picture) -> bool:
    """Whether an answer is news: also where we had given up too early."""
    return picture.state is PictureState.WANTED or (
        picture.state is PictureState.MISSING and picture.reason in policy.GIVEN_UP
    )


def _attach(store: Store, picture: Picture, now: datetime) -> None:
    """Let the picture belong to the issue from now on: its bytes are there, and are verified."""
    file = store.pictures.file(picture.site, picture.sha256 or "")
    assert file is not None
    taken_at = picture.taken_at or picture.moment
    entry = PictureAttached(
        sha256=file.sha256,
        label=picture.label.value,
        camera=picture.camera,
        taken_at=moment.text(taken_at),
        media_type=file.media_type,
        bytes=file.bytes,
        masked=picture.masked,
        report=picture.report,
        offset=picture.offset_seconds,
    )
    store.journal.append(picture.site, picture.issue, entry, at=now)
    store.pictures.change_file(picture.site, file.sha256, look_at=None)
    store.pictures.change(
        picture,
        state=PictureState.HERE.value,
        since=now,
        media_type=file.media_type,
        bytes=file.bytes,
        look_at=taken_at + Retention.STANDARD.span,
    )


def _comparison(store: Store, site: SiteCode, event: DeviceEvent, now: datetime) -> None:
    number = _number(event.data.get("want"), "c")
    asked = store.comparisons.find(site, number) if number is not None else None
    if asked is None or asked.answered_at is not None or asked.camera != event.source.device:
        return
    said = event.data
    verdict = _text(said.get("verdict"), 64)
    done = store.comparisons.change(
        asked,
        answered_at=now,
        verdict=verdict,
        score=_share(said.get("score")),
        confidence=_share(said.get("confidence")),
        band=_text(said.get("band"), 32) or "cannot_tell",
        reasons=_text(said.get("reasons"), 2000),
        evidence=_sha256(said.get("evidence")),
        machine=_text(said.get("machine"), 200),
        reference_at=_moment(said.get("reference_at")),
        reason=None if verdict else _text(said.get("reason"), 400) or "unsaid",
    )
    if done.evidence is not None:
        _drawn(store, done, event, now)
    store.journal.append(site, done.issue, _compared(done), at=now)


def _drawn(store: Store, done: Comparison, event: DeviceEvent, now: datetime) -> None:
    """Keep the picture that shows what changed, as every other picture is kept."""
    drawn = store.pictures.add(
        done.site,
        issue=done.issue,
        camera=done.camera,
        label=Label.COMPARED.value,
        moment=event.occurred_at,
        asked_at=done.asked_at,
        state=PictureState.ARRIVING.value,
        since=now,
        look_at=now + policy.GIVE_UP,
        sha256=done.evidence,
        taken_at=event.occurred_at,
        # It is drawn from pictures in which masks are burnt in, if there are any.
        masked=any(
            one.masked
            for sha256 in (done.before, done.after)
            for one in store.pictures.of_sha256(done.site, sha256)
        ),
    )
    if store.pictures.file(done.site, drawn.sha256 or "") is not None:
        _attach(store, drawn, now)


def _compared(done: Comparison) -> Compared:
    return Compared(
        picture_before=done.before,
        picture_after=done.after,
        camera=done.camera,
        verdict=done.verdict or "cannot_compare",
        band=done.band or "cannot_tell",
        machine=done.machine or "unsaid",
        score=done.score,
        confidence=done.confidence,
        reasons=done.reasons or done.reason,
        evidence=done.evidence,
    )


def _described(data: Mapping[str, Plain], *, otherwise: datetime) -> dict[str, object]:
    """Return what is said of a picture, without what cannot be; ``otherwise`` it was taken then."""
    return {
        "taken_at": _moment(data.get("taken_at")) or otherwise,
        "offset_seconds": _float(data.get("offset_seconds")),
        "width": _pixels(data.get("width")),
        "height": _pixels(data.get("height")),
        "masked": data.get("masked") is True,
    }


def _moment(said: Plain) -> datetime | None:
    try:
        return moment.parse(str(said))
    except NotReadable:
        return None


def _number(want: Plain, kind: str) -> int | None:
    found = re.fullmatch(rf"{kind}(\d{{1,18}})", str(want))
    return int(found[1]) if found else None


def _sha256(said: Plain) -> str | None:
    return said if isinstance(said, str) and _SHA256.fullmatch(said) else None


def _text(said: Plain, most: int) -> str | None:
    return said[:most] if isinstance(said, str) and said else None


def _float(said: Plain) -> float | None:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    return float(said) if math.isfinite(said) else None


def _share(said: Plain) -> float | None:
    number = _float(said)
    return number if number is not None and 0 <= number <= 1 else None


def _pixels(said: Plain) -> int | None:
    number = said if isinstance(said, int) and not isinstance(said, bool) else None
    return number if number is not None and 0 < number <= _MOST_PIXELS else None
