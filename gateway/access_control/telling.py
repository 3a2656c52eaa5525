"""One message put into its station's conversation: told first, told again, or old news."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from core.facts.device import CallKey, DeviceEvent, EventId, EventType, Plain, Source
from gateway.access_control import identity
from gateway.access_control.clock import When
from gateway.access_control.codec import Said
from gateway.access_control.conversation import Call, Moment, State, Station
from gateway.access_control.form import Means
from gateway.adapter import Message, Reading, Verdict

#: Two tellings of one thing without any time are one thing if they come this close together.
_ECHO = timedelta(seconds=2)
_OPENING = {Means.RINGING: EventType.INTERCOM_RINGING, Means.HELP: EventType.HELP_PRESSED}
_MOVING = {
    Means.ANSWERED: EventType.INTERCOM_ANSWERED,
    Means.ENDED: EventType.INTERCOM_ENDED,
    Means.MISSED: EventType.INTERCOM_MISSED,
}
_KNOWN = {
    State.RINGING: EventType.INTERCOM_RINGING,
    State.ANSWERED: EventType.INTERCOM_ANSWERED,
    State.ENDED: EventType.INTERCOM_ENDED,
    State.MISSED: EventType.INTERCOM_MISSED,
}
_STATES = {
    Means.ANSWERED: State.ANSWERED,
    Means.ENDED: State.ENDED,
    Means.MISSED: State.MISSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A message, what it says, when, and the station it comes from."""

    source: Source
    station: Station
    said: Said
    when: When
    message: Message

    def reading(self) -> Reading:
        """Return the reading, and remember what was told."""
        before = self._before()
        if before is not None:
            return self._read(Verdict.STALE, "told before", before)
        if self._level_unchanged():
            return self._unchanged()
        if self.said.means in _OPENING:
            return self._opening()
        if self.said.means is Means.OVER or self.said.means in _MOVING:
            return self.moving()
        return self._plain()

    def old_news(self, why: str) -> Reading:
        """Return the reading of something that is not to open anything; nothing is remembered."""
        said = self.said
        kind = _OPENING.get(said.means) or _MOVING.get(said.means) or self._kind()
        if kind is None:
            return self._read(Verdict.IGNORED, f"{why}, and says only that a call is over", None)
        key: CallKey | None = None
        if said.means in _OPENING:
            call = self.station.ringing(
                said.means,
                code=said.code,
                call_id=said.call_id,
                subject=said.subject,
                moment=self._moment(),
            )
            key = call.key if call else self._key(said.means)
        elif said.means in _MOVING:
            call = self.station.moved(
                call_id=said.call_id, subject=said.subject, moment=self._moment()
            )
            key = call.key if call else self._key(Means.RINGING)
        event = self._event(kind, key, self._timed_id() or self._id("kept"), stale=True)
        return self._read(Verdict.STALE, why, event)

    # ---- what a message does ----------------------------------------------------------------

    def _opening(self) -> Reading:
        said, moment = self.said, self._moment()
        call = self.station.ringing(
            said.means,
            code=said.code,
            call_id=said.call_id,
            subject=said.subject,
            moment=moment,
        )
        if call is not None:
            return self._told_again(call, _OPENING[said.means])
        late = self.when.late
        missed = late and said.means is Means.RINGING
        call = self._open(State.MISSED if missed else State.RINGING)
        kind = EventType.INTERCOM_MISSED if missed else _OPENING[said.means]
        event = self._event(kind, call.key, self._timed_id() or self._id(call.key), late=late)
        self.station.remember(event, said.serial)
        reason = f"{said.reason}: told too late to be answered" if missed else said.reason
        return self._read(Verdict.EVENT, reason, event)

    def moving(self) -> Reading:
        """Return what became of a call; if none is known, one is opened that has come so far."""
        said = self.said
        call = self.station.moved(call_id=said.call_id, subject=said.subject, moment=self._moment())
        if call is not None and call.begins_after(self._moment()):
            return self._on_arrival().moving()
        means = said.means
        if means is Means.OVER:
            if call is None or not call.live:
                return self._read(Verdict.HEALTH, f"{said.reason}: no call is open", None)
            means = Means.ENDED if call.state is State.ANSWERED else Means.MISSED
        kind = _MOVING[means]
        if call is None:
            call = self._open(_STATES[means])
        elif not call.move(means):
            return self._told_again(call, kind)
        call.touched = self._moment()
        call.name(said.call_id, said.code)
        event_id = self._timed_id() or self._id(call.key, kind)
        event = self._event(kind, call.key, event_id, late=self.when.late)
        self.station.remember(event, said.serial)
        return self._read(Verdict.EVENT, said.reason, event)

    def _on_arrival(self) -> "Telling":
        """Return the same with the moment it came: its own is local time of another zone."""
        at = self.message.received_at
        return replace(self, when=When(at=at, estimated=True, late=False, too_old=False))

    def _plain(self) -> Reading:
        kind = self._kind()
        assert kind is not None  # the rulebook gives every plain rule its type
        verdict = Verdict.HINT if self.said.means is Means.HINT else Verdict.EVENT
        event_id = self._timed_id()
        if event_id is None:
            echo = self.station.echo(self.said.content, self.message.received_at, within=_ECHO)
            if echo is not None:
                return self._read(Verdict.STALE, "told before", echo)
            event_id = self._id(self.message.received_at.isoformat())
        event = self._event(kind, None, event_id, late=self.when.late)
        self.station.remember(event, self.said.serial)
        if self.when.estimated:
            self.station.expect_echo(self.said.content, self.message.received_at, event)
        return self._read(verdict, self.said.reason, event)

    def _told_again(self, call: Call, kind: EventType) -> Reading:
        """Return a further telling of one call: the same key, and it says what is known."""
        call.touched = self._moment()
        call.name(self.said.call_id, self.said.code)
        restated = () if self.said.means in _OPENING else (kind,)
        event_id = self._timed_id() or self._id(call.key, *restated)
        before = self.station.told(event_id)
        if before is not None:
            return self._read(Verdict.STALE, "told before", before)
        if call.kind is Means.RINGING and (call.late or self.said.means not in _OPENING):
            kind = _KNOWN[call.state]
        event = self._event(kind, call.key, event_id, late=self.when.late)
        self.station.remember(event, self.said.serial)
        return self._read(Verdict.IGNORED, f"same call: {self.said.reason}", event)

    def _unchanged(self) -> Reading:
        call = self.station.moved(
            call_id=self.said.call_id, subject=self.said.subject, moment=self._moment()
        )
        if call is not None and call.live and self.said.means in _OPENING:
            call.touched = self._moment()
            event = self._event(_OPENING[self.said.means], call.key, self._id(call.key))
            return self._read(Verdict.IGNORED, f"no change: {self.said.reason}", event)
        return self._read(Verdict.IGNORED, f"no change: {self.said.reason}", None)

    # ---- what it is made of -----------------------------------------------------------------

    def _open(self, state: State) -> Call:
        said, moment = self.said, self._moment()
        kind = Means.HELP if said.means is Means.HELP else Means.RINGING
        call = Call(
            key=self._key(kind),
            kind=kind,
            state=state,
            subject=said.subject,
            began=moment,
            touched=moment,
            late=self.when.late,
            answered=state is State.ANSWERED,
        )
        call.name(said.call_id, said.code)
        self.station.open(call)
        return call

    def _before(self) -> DeviceEvent | None:
        said = self.said
        if said.serial:
            return self.station.told_serial(said.serial, said.given.at)
        event_id = self._timed_id()
        return self.station.told(event_id) if event_id else None

    def _level_unchanged(self) -> bool:
        said = self.said
        return said.level is not None and not self.station.changes(
            said.level, said.value, self.message.received_at
        )

    def _kind(self) -> EventType | None:
        return EventType.CREDENTIAL_PRESENTED if self.said.means is Means.HINT else self.said.type

    def _moment(self) -> Moment:
        return Moment(
            device=None if self.when.estimated else self.when.at,
            received=self.message.received_at,
        )

    def _key(self, kind: Means) -> CallKey:
        """Return a new call's key: the same from each message that tells of its beginning."""
        began = self.when.at.isoformat()
        return identity.call_key(
            self.source.device, kind.value, self.said.call_id, self.said.subject, began
        )

    def _timed_id(self) -> EventId | None:
        """Return an id that the same telling has for ever; None if the device gives no time."""
        said = self.said
        if said.serial:
            return identity.serial_id(said.serial, said.given.at)
        if self.when.estimated:
            return None
        return self._id(self.when.at.isoformat())

    def _id(self, *parts: object) -> EventId:
        return identity.event_id(self.source.device, *self.said.content, *parts)

    def _event(
        self,
        kind: EventType,
        key: CallKey | None,
        event_id: EventId,
        *,
        late: bool = False,
        stale: bool = False,
    ) -> DeviceEvent:
        return DeviceEvent(
            event_id=event_id,
            source=self.source,
            type=kind,
            occurred_at=self.when.at,
            time_estimated=self.when.estimated,
            subject=self.said.subject,
            call=key,
            late=late and not stale,
            stale=stale,
            data=self._data(),
        )

    def _data(self) -> Mapping[str, Plain]:
        said = self.said
        named: dict[str, Plain] = {"code": said.code}
        if said.call_id:
            named["call_id"] = said.call_id
        if said.serial:
            named["serial"] = said.serial
        return {**named, **said.data}

    def _read(self, verdict: Verdict, reason: str, event: DeviceEvent | None) -> Reading:
        return Reading(verdict=verdict, reason=reason, device=self.source.device, event=event)
