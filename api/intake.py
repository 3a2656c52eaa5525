"""A gateway's batch: read, checked against its site, received, and what is refused kept."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.clock import Clock
from api.gateway_tokens import GatewayIdentity
from api.schemas.device_event import ReceivedOut, RefusedOut
from core.errors import NotReadable
from core.evidence import answering
from core.facts import moment
from core.facts.cloudevent import decode, decode_batch, split_batch
from core.facts.device import DeviceEvent, EventType, Plain
from core.monitoring import intake
from core.store.database import Database
from core.store.health import BadValue

#: Kept of a refused event: enough to see what was wrong with it.
_KEPT = 64 * 1024
_FIRST_YEAR, _LAST_YEAR = 2000, 2199


@dataclass(frozen=True, slots=True)
class _Refusal:
    index: int
    event_id: str | None
    reason: str
    body: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The receipt, and how many reports were opened."""

    receipt: ReceivedOut
    opened: int


def take(database: Database, *, gateway: GatewayIdentity, document: bytes, clock: Clock) -> Taken:
    """Receive a batch in one unit of work; after it returns, everything is committed.

    One bad event stands alone: it goes into quarantine with the reason, the others are stored.

    :raises NotReadable: not a batch at all.
    """
    now = clock.now()
    readable, refused = _read(document)
    events: list[DeviceEvent] = []
    for index, event in readable:
        reason = _wrong(event, gateway)
        if reason is not None:
            refused.append(_Refusal(index, event.event_id, reason, ascii(event)[:_KEPT]))
        else:
            events.append(_at(event, clock) if clock.demo else event)
    try:
        received = _receive(database, gateway, events, refused, now)
    except BadValue as problem:
        # Told so, the gateway posts halves until the one event that nobody can store is alone.
        raise NotReadable(f"the store cannot hold one of these: {problem.orig}") from None
    return Taken(
        ReceivedOut(
            received=len(events) + len(refused),
            stored=received.stored,
            absorbed=received.absorbed,
            refused=[
                RefusedOut(index=one.index, id=one.event_id, reason=one.reason)
                for one in sorted(refused, key=lambda one: one.index)
            ],
        ),
        received.opened,
    )


def _receive(
    database: Database,
    gateway: GatewayIdentity,
    events: Sequence[DeviceEvent],
    refused: Sequence[_Refusal],
    now: datetime,
) -> intake.Received:
    with database.begin() as store:
        store.journal.lock(gateway.site)
        received = intake.receive(store, events, now=now)
        answering.answer(store, site=gateway.site, events=events, now=now)
        store.device_events.quarantine(
            gateway.site,
            gateway=gateway.name,
            refused={one.body: one.reason for one in refused},
            now=now,
        )
        store.gateways.heard(gateway.site, gateway.name, now=now)
    return received


def _wrong(event: DeviceEvent, gateway: GatewayIdentity) -> str | None:
    """Say why a readable event is not taken from this gateway."""
    if event.source.site != gateway.site:
        return f"source {event.source} is not of site {gateway.site}"
    if not _FIRST_YEAR <= event.occurred_at.year <= _LAST_YEAR:
        return f"time {event.occurred_at.isoformat()} cannot be right"
    if any(_unstorable(value) for value in event.data.values()):
        return "data holds a NUL or a number that is none"
    return None


def _unstorable(value: Plain) -> bool:
    if isinstance(value, str):
        return "\0" in value
    return isinstance(value, float) and not math.isfinite(value)


def _read(document: bytes) -> tuple[list[tuple[int, DeviceEvent]], list[_Refusal]]:
    try:
        return list(enumerate(decode_batch(document))), []
    except (NotReadable, OverflowError):
        return _read_each(document)


def _read_each(document: bytes) -> tuple[list[tuple[int, DeviceEvent]], list[_Refusal]]:
    readable: list[tuple[int, DeviceEvent]] = []
    refused: list[_Refusal] = []
    for index, member in enumerate(split_batch(document)):
        try:
            readable.append((index, decode(member)))
        except (NotReadable, OverflowError) as problem:
            body = member[:_KEPT].decode("ascii", "replace")
            refused.append(_Refusal(index, _id(member), str(problem), body))
    return readable, refused


def _id(member: bytes) -> str | None:
    """Return the id of an event that cannot be read otherwise, if it bears a plain one."""
    said = json.loads(member)
    found = said.get("id") if isinstance(said, dict) else None
    return found[:200].encode("ascii", "replace").decode() if isinstance(found, str) else None


def _at(event: DeviceEvent, clock: Clock) -> DeviceEvent:
    """Move what happened by the real clock to the demonstration's."""
    data = dict(event.data)
    if event.type is EventType.SNAPSHOT_TAKEN and "taken_at" in data:
        try:
            data["taken_at"] = moment.text(clock.at(moment.parse(str(data["taken_at"]))))
        except NotReadable:
            del data["taken_at"]
    return replace(event, occurred_at=clock.at(event.occurred_at), data=data)
