"""GB/T 26875.3 transmitters as the gateway sees them: frames in, readings out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.facts.device import DeviceCode, DeviceEvent, EventType, SiteCode
from core.facts.place import Device
from gateway.adapter import Message, Reading, Unreadable, Verdict
from gateway.fire_phone import gb_body, gb_clock, telling
from gateway.fire_phone.aspect import Step
from gateway.fire_phone.condition import OF_A_CALL, Condition, told_by
from gateway.fire_phone.gb_body import Item
from gateway.fire_phone.gb_clock import When
from gateway.fire_phone.gb_frame import CONFIRMED, Frame, Framer
from gateway.fire_phone.gb_sender import Sender
from gateway.fire_phone.part import PartState
from gateway.fire_phone.profile import Profile
from gateway.fire_phone.silence import Silence

PREFIX = "gb26875"
_MOST_SENDERS = 10_000
_LIFE = OF_A_CALL | {Condition.FIRE}


@dataclass(frozen=True, slots=True)
class _Found:
    """What became of one object."""

    events: tuple[DeviceEvent, ...]
    verdict: Verdict
    reason: str


class FirePhoneSenders:
    """The transmitters of one profile at one site."""

    def __init__(
        self, *, profile: Profile, site: SiteCode, zone: ZoneInfo, devices: Mapping[str, Device]
    ) -> None:
        """Listen for ``devices``, given by their source addresses in hexadecimal."""
        self._profile = profile
        self._site = site
        self._zone = zone
        self._late_limit = timedelta(seconds=profile.form.late_limit)
        self._devices = {address.lower(): one for address, one in devices.items()}
        self._senders: dict[DeviceCode, Sender] = {}
        usual = profile.form.silent_after
        self._silence = Silence({one.code: one.silent_after or usual for one in devices.values()})

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics under which the cable delivers; no broker knows them."""
        return (*(f"{PREFIX}/{one}" for one in self._devices), f"{PREFIX}/+")

    def read(self, message: Message) -> Reading:
        """Return what a message means; it usually holds one frame."""
        framer = Framer()
        frames = framer.feed(message.payload)
        if not frames:
            return Reading(verdict=Verdict.UNREADABLE, reason="no frame with a right checksum")
        found: list[_Found] = []
        device = self._device(frames[0].source.hex())
        for frame in frames:
            device = self._device(frame.source.hex())
            self._silence.heard(device, message.received_at)
            try:
                found += self._frame(device, frame, message.received_at)
            except Unreadable as problem:
                found.append(_Found((), Verdict.UNREADABLE, str(problem)))
        return _reading(device, found)

    def elapsed(self, now: datetime) -> tuple[DeviceEvent, ...]:
        """Return who has fallen silent or is back, and what has come to rest."""
        told = [
            telling.event(self._site, device, None, step)
            for device, step in self._silence.elapsed(now)
        ]
        for device, sender in self._senders.items():
            told += [
                telling.event(self._site, device, part, step) for part, step in sender.elapsed(now)
            ]
        return tuple(told)

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        """Take up calls, faults and silences from before a restart."""
        known = sorted(events, key=lambda one: one.occurred_at)
        for device in dict.fromkeys(one.source.device for one in known):
            own = [one for one in known if one.source.device == device]
            sender = self._sender(device)
            for (part, code), told in telling.remembered(own).items():
                telling.resume(sender.part(part, code, telling.place_of(told)), told)
            self._silence.resume(device, own)

    # ---- one frame ---------------------------------------------------------------------------

    def _frame(self, device: DeviceCode, frame: Frame, at: datetime) -> Iterator[_Found]:
        if frame.command not in CONFIRMED | {5}:
            yield _Found((), Verdict.IGNORED, f"command {frame.command}")
            return
        kind, items = gb_body.items(frame)
        if not items:
            yield _Found((), Verdict.HEALTH, f"type {kind}" if kind else "heartbeat")
        for item in items:
            yield self._item(device, frame, item, at)

    def _item(self, device: DeviceCode, frame: Frame, item: Item, at: datetime) -> _Found:
        sender = self._sender(device)
        if sender.told_before(item, frame):
            return _Found((), Verdict.STALE, "told before")
        when = gb_clock.judge(
            item.time,
            frame.time,
            zone=self._zone,
            received_at=at,
            late_limit=self._late_limit,
        )
        if item.type in {gb_body.OPERATION, gb_body.TRANSMITTER_OPERATION}:
            foreign: tuple[int, ...] = ()
        else:
            part, shown, foreign = sender.shows(item)
            if when.too_old and not shown & _LIFE:
                return self._old(device, part, shown, when, at)
        events = tuple(self._events(device, sender, item, when, at))
        if events:
            return _Found(events, Verdict.EVENT, events[0].type.value)
        said = f"bits without a meaning here: {list(foreign)}" if foreign else "no change"
        return _Found((), Verdict.IGNORED if foreign else Verdict.HEALTH, said)

    def _events(
        self, device: DeviceCode, sender: Sender, item: Item, when: When, at: datetime
    ) -> Iterator[DeviceEvent]:
        for part, step in sender.take(item, said_at=when.said_at, at=at):
            given = when.given_at if step.type is not EventType.DEVICE_FAULT else None
            said: dict[str, str] = {}
            if given is None and when.said_at is not None:
                said["device_time"] = when.said_at.isoformat()
            told = Step(type=step.type, key=step.key, at=step.at, data={**step.data, **said})
            yield telling.event(
                self._site, device, part, told, given_at=given, late=when.late and given is not None
            )

    def _old(
        self,
        device: DeviceCode,
        part: PartState,
        shown: frozenset[Condition],
        when: When,
        at: datetime,
    ) -> _Found:
        """Keep old news, which changes nothing of what is known now."""
        if not shown:
            return _Found((), Verdict.IGNORED, "a return to normal, older than the limit")
        kind, _ = told_by(min(shown), part.part)
        old = Step(type=kind, key=part.make_key(f"old {when.said_at}", at), at=at)
        event = telling.event(self._site, device, part, old, given_at=when.said_at, stale=True)
        return _Found((event,), Verdict.STALE, "older than the limit")

    def _device(self, source: str) -> DeviceCode:
        known = self._devices.get(source)
        return known.code if known is not None else DeviceCode(f"gb-{source}")

    def _sender(self, device: DeviceCode) -> Sender:
        found = self._senders.get(device)
        if found is None:
            if (
                len(self._senders) >= _MOST_SENDERS
            ):  # senders choose addresses, memory is not theirs
                del self._senders[next(iter(self._senders))]
            found = self._senders[device] = Sender(device, self._profile)
        return found


def _reading(device: DeviceCode, found: list[_Found]) -> Reading:
    """Return one reading for all: the first that is an event has the word."""
    order = (Verdict.EVENT, Verdict.STALE, Verdict.HEALTH, Verdict.IGNORED, Verdict.UNREADABLE)
    first = min(found, key=lambda one: order.index(one.verdict))
    events = [event for one in found for event in one.events]
    events.sort(key=lambda one: one.stale)
    return Reading(
        verdict=first.verdict,
        reason=first.reason,
        device=device,
        event=events[0] if events else None,
        also=tuple(events[1:]),
    )


def source_address(text: str) -> str:
    """Return a source address as it stands on the wire, in lower hexadecimal.

    :raises ValueError: not six bytes.
    """
    digits = text.replace(" ", "").replace(":", "").lower()
    if len(digits) != 12 or len(bytes.fromhex(digits)) != 6:
        raise ValueError("a source address is six bytes, 12 hexadecimal digits as on the wire")
    return digits
