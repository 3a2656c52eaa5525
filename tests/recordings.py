"""A camera at the office's door, and a gateway that answers what the centre wants of it."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from core.evidence import answering, asking, receiving
from core.facts import moment
from core.facts.device import DeviceCode, DeviceEvent, EventId, EventType, Plain, Source, System
from core.facts.evidence import Picture, PictureState, Want, WantKind
from core.facts.issue import IssueNumber
from core.facts.place import Corners, Device, PlaceCode, Site
from core.sealing import Verified, verify
from tests.office import Office

CAMERA = DeviceCode("cam-3")
KEY = b"the key lies outside the database"


def jpeg(words: str = "a picture") -> bytes:
    """Bytes that begin as a JPEG does; nobody here decodes them."""
    return b"\xff\xd8\xff\xe0" + words.encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def hang_camera(
    office: Office,
    *,
    code: DeviceCode = CAMERA,
    covers: tuple[str, ...] = ("3-2",),
    keep_days: int | None = None,
    regions: Mapping[str, Corners] | None = None,
) -> None:
    """Wire a camera that sees these places."""
    camera = Device(
        code=code,
        system=System.CCTV,
        name=f"摄像头 {code}",
        profile="http-snapshot",
        address="http://127.0.0.1/",
        place=PlaceCode("3"),
        covers=tuple(PlaceCode(place) for place in covers),
        keep_days=keep_days,
        regions={PlaceCode(place): corners for place, corners in (regions or {}).items()},
    )
    with office.database.begin() as store:
        site = store.sites.find(office.site)
        store.sites.seed(
            Site(code=site.code, name=site.name, zone=site.zone, devices={code: camera})
        )


def wants(office: Office) -> list[Want]:
    """What the centre lists for its gateways now."""
    with office.database.read() as store:
        return asking.wants(store, site=office.site, now=office.now)


def wants_soon(office: Office) -> list[Want]:
    """What it lists once the moments after a call have come."""
    office.tick()
    office.now += timedelta(seconds=11)
    return wants(office)


def says(office: Office, want: Want, kind: EventType, data: dict[str, Plain]) -> DeviceEvent:
    """A gateway's answer to a want, as it is told."""
    event = DeviceEvent(
        event_id=EventId(f"answer-{want.id}-{kind}"),
        source=Source(office.site, System.CCTV, want.camera),
        type=kind,
        occurred_at=office.now,
        subject=want.label.value if want.label is not None else None,
        data={"want": want.id, **data},
    )
    answers(office, event)
    return event


def answers(office: Office, *events: DeviceEvent) -> None:
    office.hears(*events)
    with office.database.begin() as store:
        answering.answer(store, site=office.site, events=events, now=office.now)


def uploads(office: Office, content: bytes) -> bool:
    """The gateway delivers a picture's bytes; False: they were there before."""
    return receiving.receive(
        office.database,
        site=office.site,
        gateway="gateway-1",
        sha256=sha256(content),
        content=content,
        media_type="image/jpeg",
        now=office.now,
    )


def shoots(office: Office, want: Want, content: bytes, **more: Plain) -> DeviceEvent:
    """Take the picture that is wanted: bytes first, then the event, as gateways do."""
    uploads(office, content)
    said: dict[str, Plain] = {
        "sha256": sha256(content),
        "taken_at": moment.text(want.moment + timedelta(seconds=0.5)),
        "offset_seconds": 0.5,
        "width": 1920,
        "height": 1080,
        "media_type": "image/jpeg",
        "bytes": len(content),
        "masked": True,
        **more,
    }
    return says(office, want, EventType.SNAPSHOT_TAKEN, said)


def shoots_all(office: Office, *, words: str = "") -> None:
    """Answer every picture that is wanted now, and let what follows happen."""
    for want in wants_soon(office):
        if want.kind is WantKind.PICTURE:
            shoots(office, want, jpeg(f"{words} {want.id} {want.label}"))
    office.tick()


def compares(office: Office, verdict: str = "gone", **more: Plain) -> Want:
    """Answer the comparison that is wanted."""
    want = next(one for one in wants(office) if one.kind is WantKind.COMPARISON)
    drawn = jpeg(f"drawn {want.id}")
    uploads(office, drawn)
    data: dict[str, Plain] = {
        "verdict": verdict,
        "score": 0.9,
        "confidence": 0.97,
        "band": "sure",
        "reasons": "what lay there is gone",
        "evidence": sha256(drawn),
        "machine": "shouwen 0.1",
        **more,
    }
    says(office, want, EventType.SCENE_COMPARED, data)
    office.tick()
    return want


def pictures(office: Office, issue: IssueNumber) -> list[Picture]:
    with office.database.read() as store:
        return store.pictures.of_issues(office.site, [issue]).get(issue, [])


def here(office: Office, issue: IssueNumber) -> list[Picture]:
    return [one for one in pictures(office, issue) if one.state is PictureState.HERE]


def verified(office: Office) -> Verified:
    with office.database.read() as store:
        return verify(store, site=office.site, key=KEY)
