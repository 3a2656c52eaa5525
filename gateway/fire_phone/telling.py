"""From steps to events, and back: what an adapter needs to know of events told before a restart."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from core.facts.device import DeviceCode, DeviceEvent, EventType, Plain, SiteCode, Source, System
from core.facts.place import PlaceCode
from gateway.adapter import Reading, Verdict
from gateway.fire_phone import identity
from gateway.fire_phone.aspect import Step
from gateway.fire_phone.condition import CALL_TOLD, Condition, Part
from gateway.fire_phone.part import PartState
from gateway.fire_phone.points import PartCode

_FAULTS = {EventType.LINE_FAULT, EventType.HOST_FAULT, EventType.FIRE_ALARM}
_ENDS = {EventType.LINE_RESTORED, EventType.HOST_RESTORED, EventType.ALARM_CLEARED}


def event(
    site: SiteCode,
    device: DeviceCode,
    part: PartState | None,
    step: Step,
    *,
    given_at: datetime | None = None,
    late: bool = False,
    stale: bool = False,
) -> DeviceEvent:
    """Return the event of a step; ``given_at`` is when the device says that it happened."""
    about: dict[str, Plain] = {}
    subject = None
    if part is not None:
        subject = str(part.code)
        about = {"part": part.part.value, "extension": subject}
        about |= {"place": part.place} if part.place else {}
    elif "unit" in step.data:
        subject = f"unit {step.data['unit']}"
    occurred_at = given_at or step.at
    told = step.data.get("count", "")
    return DeviceEvent(
        event_id=identity.event_id(device, step.type.value, step.key, told),
        source=Source(site, System.FIRE_PHONE, device),
        type=step.type,
        occurred_at=occurred_at,
        time_estimated=given_at is None,
        subject=subject,
        call=step.key,
        late=late,
        stale=stale,
        data={**about, **step.data},
    )


def reading(device: DeviceCode, events: list[DeviceEvent], otherwise: str) -> Reading:
    """Return one reading with all the events of a message, or ``otherwise`` as its reason."""
    if not events:
        return Reading(verdict=Verdict.HEALTH, reason=otherwise, device=device)
    return Reading(
        verdict=Verdict.EVENT,
        reason=events[0].type.value,
        device=device,
        event=events[0],
        also=tuple(events[1:]),
    )


def remembered(
    events: Iterable[DeviceEvent],
) -> Mapping[tuple[Part, PartCode], Mapping[Condition, DeviceEvent]]:
    """Return the last event of each aspect of each part, from those told before a restart."""
    last: dict[tuple[Part, PartCode], dict[Condition, DeviceEvent]] = {}
    for one in events:
        part, code = one.data.get("part"), one.data.get("extension")
        aspect = _aspect(one)
        if aspect is None or part not in list(Part) or not isinstance(code, str):
            continue
        last.setdefault((Part(str(part)), PartCode(code)), {})[aspect] = one
    return last


def resume(part: PartState, told: Mapping[Condition, DeviceEvent]) -> None:
    """Let a part take up what was told of it."""
    for aspect, one in told.items():
        if one.type in CALL_TOLD:
            part.aspect(aspect).resume(CALL_TOLD[one.type], one.call)
        else:
            now_is = aspect if one.type in _FAULTS else None
            part.aspect(aspect).resume(now_is, one.call)


def place_of(told: Mapping[Condition, DeviceEvent]) -> PlaceCode | None:
    """Return the place that the events name."""
    for one in told.values():
        place = one.data.get("place")
        if isinstance(place, str):
            return PlaceCode(place)
    return None


def _aspect(one: DeviceEvent) -> Condition | None:
    if one.stale or one.data.get("missed"):
        return None
    if one.type in CALL_TOLD:
        return Condition.CALLING
    fault = one.data.get("fault")
    if one.type in _FAULTS | _ENDS and fault in list(Condition):
        return Condition(str(fault))
    return None
