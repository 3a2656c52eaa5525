"""DeviceEvent ↔ CloudEvents 1.0 JSON, the form in which events travel from gateway to centre.

Required attributes and the structured JSON mode: CloudEvents 1.0, json-format. Extensions of ours
(lower-case letters only, as the standard asks): ``timeestimated``, ``late``, ``stale``, ``call``.
"""

import json
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from core.errors import NotReadable
from core.facts import moment
from core.facts.device import CallKey, DeviceEvent, EventId, EventType, Plain, Source

#: A code or id: no control characters, no surrogates, and short enough to index.
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]

MEDIA_TYPE = "application/cloudevents+json"
BATCH_MEDIA_TYPE = "application/cloudevents-batch+json"


class _CloudEvent(BaseModel):
    """What must hold of one event on the wire; attributes we do not know are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    specversion: Literal["1.0"]
    id: Name
    source: Name
    type: EventType
    time: AwareDatetime
    subject: Name | None = None
    timeestimated: bool = False
    late: bool = False
    stale: bool = False
    call: Name | None = None
    data: dict[Name, Plain] = Field(default_factory=dict, max_length=64)


_ONE = TypeAdapter(_CloudEvent)
_MANY = TypeAdapter(list[_CloudEvent])


def encode(event: DeviceEvent) -> bytes:
    """Return the event as one compact CloudEvents JSON document."""
    document: dict[str, object] = {
        "specversion": "1.0",
        "id": event.event_id,
        "source": str(event.source),
        "type": event.type.value,
        "time": moment.text(event.occurred_at),
    }
    if event.subject is not None:
        document["subject"] = event.subject
    if event.time_estimated:
        document["timeestimated"] = True
    if event.late:
        document["late"] = True
    if event.stale:
        document["stale"] = True
    if event.call is not None:
        document["call"] = event.call
    if event.data:
        document["datacontenttype"] = "application/json"
        document["data"] = dict(event.data)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def encode_batch(documents: Sequence[bytes]) -> bytes:
    """Return one batch document from events that are encoded already."""
    return b"[" + b",".join(documents) + b"]"


def decode(document: bytes) -> DeviceEvent:
    """Read one event.

    :raises NotReadable: not JSON, or not an event as agreed; says where.
    """
    try:
        return _event(_ONE.validate_json(document))
    except ValidationError as problem:
        raise NotReadable(_first(problem)) from None


def decode_batch(document: bytes) -> list[DeviceEvent]:
    """Read a batch in which every event is as agreed.

    :raises NotReadable: not a batch, or one of its events is not readable.
    """
    try:
        return [_event(one) for one in _MANY.validate_json(document)]
    except ValidationError as problem:
        raise NotReadable(_first(problem)) from None


def split_batch(document: bytes) -> list[bytes]:
    """Return each member of a batch as a document of its own, so that one bad one stands alone.

    :raises NotReadable: not a JSON array.
    """
    try:
        members = json.loads(document)
    except (ValueError, RecursionError) as problem:
        raise NotReadable(f"not JSON: {problem}") from None
    if not isinstance(members, list):
        raise NotReadable("a batch is a JSON array of events")
    return [json.dumps(member, ensure_ascii=True).encode() for member in members]


def _event(wire: _CloudEvent) -> DeviceEvent:
    return DeviceEvent(
        event_id=EventId(wire.id),
        source=Source.parse(wire.source),
        type=wire.type,
        occurred_at=moment.utc(wire.time),
        time_estimated=wire.timeestimated,
        subject=wire.subject,
        call=CallKey(wire.call) if wire.call is not None else None,
        late=wire.late,
        stale=wire.stale,
        data=wire.data,
    )


def _first(problem: ValidationError) -> str:
    error = problem.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in error["loc"])
    return f"{where}: {error['msg']}" if where else error["msg"]
