"""What a camera, or a system that watches it, says it has found: from bytes to plain facts.

Messages come from machines that are not ours: whatever comes, the only error that leaves here is
``Unreadable``.
"""

import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import NoReturn
from xml.parsers import expat

from core.facts.device import Plain
from gateway.adapter import Unreadable

MOST_BYTES = 1024 * 1024
_MOST_ELEMENTS = 500
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message, understood."""

    #: What the dialect calls the camera; None: whoever the line belongs to.
    camera: str | None
    #: Kinds, the most telling first.
    codes: tuple[str, ...]
    #: The dialect's own id of what it tells of; the same in every message about it.
    key: str | None = None
    at: datetime | None = None
    #: It is over.
    ended: bool = False
    #: It happened in a zone that somebody has drawn.
    in_zone: bool = False
    #: The dialect took it back.
    mistaken: bool = False
    data: dict[str, Plain] = field(default_factory=dict)


def frigate_event(payload: bytes) -> Said:
    """Read a message of ``frigate/events``: one tracked object, new, changed or gone.

    :raises Unreadable: it is none
    """
    document, after = _frigate(payload)
    zones = _texts(after.get("entered_zones")) or _texts(after.get("current_zones"))
    label = _text(after.get("label"))
    if label is None:
        raise Unreadable("a Frigate event without a label")
    data: dict[str, Plain] = {"object": label, "score": _number(after.get("top_score"))}
    if zones:
        data["zones"] = ", ".join(zones)[:_LONGEST]
    return Said(
        camera=_text(after.get("camera")),
        codes=(label,),
        key=_text(after.get("id")),
        at=_epoch(after.get("start_time")),
        ended=document.get("type") == "end",
        in_zone=bool(zones),
        mistaken=after.get("false_positive") is True,
        data=data,
    )


def frigate_review(payload: bytes) -> Said:
    """Read a message of ``frigate/reviews``; its severity may rise in an update.

    :raises Unreadable: it is none
    """
    document, after = _frigate(payload)
    severity = _text(after.get("severity"))
    if severity is None:
        raise Unreadable("a Frigate review without a severity")
    told = after.get("data")
    told = told if isinstance(told, dict) else {}
    objects, zones = _texts(told.get("objects")), _texts(told.get("zones"))
    data: dict[str, Plain] = {"objects": ", ".join(objects)[:_LONGEST]}
    if zones:
        data["zones"] = ", ".join(zones)[:_LONGEST]
    return Said(
        camera=_text(after.get("camera")),
        codes=(severity,),
        key=_text(after.get("id")),
        at=_epoch(after.get("start_time")),
        ended=document.get("type") == "end",
        in_zone=bool(zones),
        data=data,
    )


def hikvision_alert(payload: bytes, *, zone: tzinfo) -> Said:
    """Read an ``EventNotificationAlert``; naive times are local times of ``zone``.

    :raises Unreadable: it is none
    """
    tree = _xml(payload)
    kind = tree.get("eventtype")
    if not kind:
        raise Unreadable("an alert without an event type")
    channel = tree.get("dynchannelid") or tree.get("channelid")
    key = f"{kind.lower()}:{channel or ''}"[:_LONGEST]
    data: dict[str, Plain] = {"event_type": kind[:_LONGEST], "alert": key}
    if described := tree.get("eventdescription"):
        data["description"] = described[:_LONGEST]
    return Said(
        camera=None,
        codes=(kind,),
        key=key,
        at=_iso(tree.get("datetime"), zone),
        ended=tree.get("eventstate", "").lower() == "inactive",
        data=data,
    )


def _frigate(payload: bytes) -> tuple[dict[str, object], dict[str, object]]:
    if len(payload) > MOST_BYTES:
        raise Unreadable(f"{len(payload)} bytes: too long for an event")
    try:
        document = json.loads(payload, parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        raise Unreadable(f"not JSON: {str(problem)[:100]}") from None
    if not isinstance(document, dict):
        raise Unreadable("not an object")
    after = document.get("after")
    if not isinstance(after, dict):
        raise Unreadable("a Frigate message without 'after'")
    return document, after


def _xml(payload: bytes) -> dict[str, str]:
    """Return the texts of an XML document by local name in lower case; the first of each counts."""
    if len(payload) > MOST_BYTES:
        raise Unreadable(f"{len(payload)} bytes: too long for an alert")
    leaves = _Leaves()
    parser = expat.ParserCreate()
    parser.StartElementHandler = leaves.start
    parser.EndElementHandler = leaves.end
    parser.CharacterDataHandler = leaves.text
    parser.StartDoctypeDeclHandler = _no_doctype  # no document type, no entity, no bomb
    try:
        parser.Parse(payload.strip(), True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise Unreadable(f"not XML: {str(problem)[:100]}") from None
    return leaves.found


class _Leaves:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._texts: list[str] = []
        self._count = 0

    def start(self, _name: str, _attributes: object) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise Unreadable(f"XML with more than {_MOST_ELEMENTS} elements")
        self._texts.clear()

    def text(self, text: str) -> None:
        self._texts.append(text)

    def end(self, name: str) -> None:
        text = "".join(self._texts).strip()
        self._texts.clear()
        if text:
            self.found.setdefault(name.rpartition(":")[2].lower(), _clean(text))


def _no_doctype(*_: object) -> NoReturn:
    raise Unreadable("XML with a document type")


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _clean(text: str) -> str:
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else " " for letter in plain)


def _text(value: object) -> str | None:
    if isinstance(value, str) and (text := _clean(value).strip()):
        return text[:_LONGEST]
    return None


def _texts(value: object) -> list[str]:
    return [text for one in value if (text := _text(one))] if isinstance(value, list) else []


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return round(number, 3) if math.isfinite(number) else None


def _epoch(value: object) -> datetime | None:
    seconds = _number(value)
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str | None, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
        if moment is None:
            return None
        return (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
