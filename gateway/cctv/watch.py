"""From single looks at a camera to what is told of it: two looks before a report, and once each.

Pure: it is given each look's verdict and the moment, and returns the event to tell, if any.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.facts.device import DeviceEvent, EventType, Source
from gateway.cctv import telling
from gateway.cctv.health import State

_ILL = {
    State.OFFLINE: EventType.CAMERA_OFFLINE,
    State.FROZEN: EventType.CAMERA_FROZEN,
    State.BLACK: EventType.CAMERA_BLACK,
    State.OVER_EXPOSED: EventType.CAMERA_OVER_EXPOSED,
    State.COVERED: EventType.CAMERA_COVERED,
    State.MOVED: EventType.CAMERA_MOVED,
    State.BLURRED: EventType.CAMERA_BLURRED,
    State.OBSTRUCTED: EventType.CAMERA_OBSTRUCTED,
}
#: Two looks count as two when they are this far apart: a burst is one look.
_APART = timedelta(seconds=3)
#: Looks that are all ill, but each in another way, are ill after so many.
_ANY_ILL = 3


@dataclass(slots=True)
class _Doubt:
    """What the last looks say, and nobody was told yet."""

    state: State
    since: datetime
    last_at: datetime
    #: Looks in this state, and looks in any state that is as well, or as ill.
    looks: int = 1
    alike: int = 1


class Watch:
    """What was told of one camera, and what the next look changes."""

    def __init__(self, who: Source) -> None:
        """Speak for ``who``; believe it to be well."""
        self._who = who
        self._told: tuple[EventType, datetime] | None = None
        self._doubt: _Doubt | None = None

    @property
    def ill(self) -> bool:
        """Whether something was told that is not over."""
        return self._told is not None

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        """Take up what was told before a restart."""
        for event in sorted(events, key=lambda one: one.occurred_at):
            if event.source != self._who or event.stale or "state" not in event.data:
                continue
            if event.type is EventType.CAMERA_RESTORED:
                self._told = None
            elif event.type in _ILL.values():
                self._told = (event.type, event.occurred_at)

    def seen(self, state: State, *, at: datetime, reasons: tuple[str, ...]) -> DeviceEvent | None:
        """Take one look's verdict; return what is to be told now."""
        kind = _ILL.get(state)
        told = self._told[0] if self._told else None
        if kind is told:
            self._doubt = None
            return None
        doubt = self._doubted(state, at)
        if doubt.looks < 2 and not (kind is not None and doubt.alike >= _ANY_ILL):
            return None
        self._doubt = None
        if kind is not None:
            self._told = (kind, at)
            return self._event(kind, since=at, at=at, state=state, reasons=reasons)
        assert self._told is not None  # else kind would be what was told
        since, self._told = self._told[1], None
        return self._event(
            EventType.CAMERA_RESTORED, since=since, at=at, state=state, reasons=reasons
        )

    def _doubted(self, state: State, at: datetime) -> _Doubt:
        doubt = self._doubt
        alike = doubt is not None and (doubt.state in _ILL) == (state in _ILL)
        if doubt is None or not alike:
            doubt = self._doubt = _Doubt(state, at, at)
        elif at - doubt.last_at >= _APART:
            same = doubt.state is state or state not in _ILL
            doubt.looks = doubt.looks + 1 if same else 1
            doubt.alike += 1
            doubt.state, doubt.last_at = state, at
        return doubt

    def _event(
        self,
        kind: EventType,
        *,
        since: datetime,
        at: datetime,
        state: State,
        reasons: tuple[str, ...],
    ) -> DeviceEvent:
        data = {"state": state.value, "reason": "; ".join(reasons)[:500]}
        return telling.standing(self._who, kind, since=since, at=at, data=data)
