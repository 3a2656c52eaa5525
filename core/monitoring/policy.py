"""What a device's event means for the centre: pure, one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.facts.device import CallKey, DeviceEvent, EventType, System
from core.facts.issue import Urgency
from core.facts.report import CallState, Channel, Report, ReportClass

#: Lower is sooner. A missed call comes before one that still rings (feature A3).
LIFE, MISSED, RINGING, ALARM, TOLD, FAULT = range(6)

#: A call older than this cannot be answered any more (``Old news`` in docs/wire).
ANSWERABLE_SECONDS = 120
#: How far from a call a card or face is still a hint.
HINT_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The kind of report an event opens."""

    channel: Channel
    cls: ReportClass
    priority: int
    #: Until somebody has said what it is; unknown is treated as urgent (五.1(3)②).
    urgency: Urgency
    call_state: CallState | None = None


def _call(priority: int, state: CallState) -> Opening:
    return Opening(
        channel=Channel.INTERCOM,
        cls=ReportClass.CALL,
        priority=priority,
        urgency=Urgency.URGENT,
        call_state=state,
    )


def _life(channel: Channel, state: CallState | None = None) -> Opening:
    return Opening(
        channel=channel,
        cls=ReportClass.LIFE_SAFETY,
        priority=LIFE,
        urgency=Urgency.LIFE_SAFETY,
        call_state=state,
    )


def _alarm(channel: Channel, urgency: Urgency = Urgency.URGENT) -> Opening:
    return Opening(channel=channel, cls=ReportClass.ALARM, priority=ALARM, urgency=urgency)


def _fault(channel: Channel, urgency: Urgency = Urgency.ORDINARY) -> Opening:
    return Opening(channel=channel, cls=ReportClass.FAULT, priority=FAULT, urgency=urgency)


OPENS: Mapping[EventType, Opening] = {
    EventType.FIRE_ALARM: _life(Channel.DEVICE),
    EventType.FIRE_PHONE_CALLING: _life(Channel.FIRE_PHONE, CallState.RINGING),
    EventType.HELP_PRESSED: _life(Channel.HELP_BUTTON),
    EventType.INTERCOM_RINGING: _call(RINGING, CallState.RINGING),
    EventType.INTERCOM_MISSED: _call(MISSED, CallState.MISSED),
    EventType.ALARM_RAISED: _alarm(Channel.DEVICE),
    EventType.TAMPER_RAISED: _alarm(Channel.DEVICE),
    EventType.DOOR_FORCED: _alarm(Channel.DEVICE),
    EventType.DOOR_HELD_OPEN: _alarm(Channel.DEVICE, Urgency.ORDINARY),
    EventType.SCENE_BLOCKED_PASSAGE: _alarm(Channel.CAMERA),
    EventType.SCENE_COVERED_FLOOR: _alarm(Channel.CAMERA),
    EventType.SCENE_LEFT_OBJECT: _alarm(Channel.CAMERA, Urgency.ORDINARY),
    EventType.SCENE_LAMP_OUT: _alarm(Channel.CAMERA, Urgency.ORDINARY),
    EventType.LINE_FAULT: _fault(Channel.DEVICE, Urgency.URGENT),
    EventType.HOST_FAULT: _fault(Channel.DEVICE, Urgency.URGENT),
    EventType.DEVICE_SILENT: _fault(Channel.DEVICE),
    EventType.DEVICE_FAULT: _fault(Channel.DEVICE),
    EventType.CAMERA_OFFLINE: _fault(Channel.CAMERA),
    EventType.CAMERA_FROZEN: _fault(Channel.CAMERA),
    EventType.CAMERA_BLACK: _fault(Channel.CAMERA),
    EventType.CAMERA_OVER_EXPOSED: _fault(Channel.CAMERA),
    EventType.CAMERA_COVERED: _fault(Channel.CAMERA),
    EventType.CAMERA_MOVED: _fault(Channel.CAMERA),
    EventType.CAMERA_BLURRED: _fault(Channel.CAMERA),
    EventType.CAMERA_OBSTRUCTED: _fault(Channel.CAMERA),
}

#: What happens to a call that is there already.
MOVES: Mapping[EventType, CallState] = {
    EventType.INTERCOM_ANSWERED: CallState.ANSWERED,
    EventType.INTERCOM_MISSED: CallState.MISSED,
    EventType.INTERCOM_ENDED: CallState.ENDED,
    EventType.FIRE_PHONE_TALKING: CallState.ANSWERED,
    EventType.FIRE_PHONE_ENDED: CallState.ENDED,
}

_camera = frozenset(kind for kind in OPENS if kind.startswith("camera."))

#: What takes back what: only faults that nobody has touched yet leave the queue by themselves.
CLEARS: Mapping[EventType, frozenset[EventType]] = {
    EventType.DEVICE_BACK: frozenset({EventType.DEVICE_SILENT}),
    EventType.LINE_RESTORED: frozenset({EventType.LINE_FAULT}),
    EventType.HOST_RESTORED: frozenset({EventType.HOST_FAULT}),
    EventType.CAMERA_RESTORED: _camera,
    EventType.ALARM_CLEARED: frozenset({EventType.ALARM_RAISED}),
    EventType.DOOR_CLOSED: frozenset({EventType.DOOR_HELD_OPEN, EventType.DOOR_FORCED}),
}


def opening(event: DeviceEvent) -> Opening | None:
    """Return what report the event opens, if any; old news opens nothing."""
    if event.stale:
        return None
    found = OPENS.get(event.type)
    if found is not None and event.late and found.call_state is CallState.RINGING:
        # Nobody can answer it any more, but nobody's call vanishes.
        missed = MISSED if found.cls is ReportClass.CALL else found.priority
        return Opening(
            channel=found.channel,
            cls=found.cls,
            priority=missed,
            urgency=found.urgency,
            call_state=CallState.MISSED,
        )
    return found


def opens_by_itself(event: DeviceEvent) -> bool:
    """Whether each telling is a report of its own: calls and life safety are never folded."""
    found = OPENS.get(event.type)
    return found is not None and (
        found.call_state is not None or found.cls is ReportClass.LIFE_SAFETY
    )


def call_key(event: DeviceEvent) -> CallKey | None:
    """Return the key under which the event's report is known, or None where tellings are folded.

    A call without a key of its own is known by the event itself. One fire-phone host speaks for
    many lines and handsets: each of its faults is known by its own key as well.
    """
    if event.type in MOVES or opens_by_itself(event):
        return event.call or CallKey(f"event:{event.source.device}:{event.event_id}"[:200])
    return event.call if event.source.system is System.FIRE_PHONE else None


def standing(report: Report, urgency: Urgency) -> dict[str, str | int]:
    """Return what changes in a report's place in the queue once it is said how urgent it is.

    What turns out to be life safety comes first from then on; nothing is ever put back.
    """
    if urgency is Urgency.LIFE_SAFETY and report.cls is not ReportClass.LIFE_SAFETY:
        return {"cls": ReportClass.LIFE_SAFETY.value, "priority": LIFE}
    return {}


def moved(state: CallState | None, to: CallState) -> CallState | None:
    """Return the state a call gets, or None if the news changes nothing.

    A call that was answered and then ended stays answered in the books: ``ended_at`` says the
    rest. What is missed stays missed, unless somebody did answer.
    """
    order = {CallState.RINGING: 0, CallState.MISSED: 1, CallState.ENDED: 2, CallState.ANSWERED: 3}
    if state is None or state is to:
        return None
    if state is CallState.RINGING or (state is CallState.MISSED and to is CallState.ANSWERED):
        return to
    return to if order[to] > order[state] and to is CallState.ANSWERED else None
