"""Cameras as the gateway hears them: what they, or what watches them, say they have found.

What a camera says opens nothing twice: an object or a review is told once, however often it is
updated, and an alert that is repeated each second is one episode until it is over.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from core.facts.device import (
    CallKey,
    DeviceCode,
    DeviceEvent,
    EventId,
    EventType,
    SiteCode,
    Source,
    System,
)
from core.facts.place import Device
from gateway.adapter import Message, Reading, Unreadable, Verdict
from gateway.cctv import profile as profiles
from gateway.cctv import said
from gateway.cctv.form import ProfileForm, RuleForm
from gateway.cctv.said import Said

#: HTTP dialects, and lines that we hold ourselves, deliver under this path.
HOOKS = "/hooks/"
_REMEMBERED = 20_000
_LATE_AFTER = timedelta(minutes=2)
_RUNS_AHEAD = timedelta(minutes=5)
_WELL_AGAIN = "camera."


@dataclass(slots=True)
class _Episode:
    """Something that a camera repeats while it lasts."""

    event: DeviceEvent
    seen_at: datetime


class Cctv:
    """One dialect's cameras at one site."""

    def __init__(
        self, *, profile: ProfileForm, site: SiteCode, zone: tzinfo, devices: Iterable[Device]
    ) -> None:
        """Listen for ``devices``; of others nothing is told: nobody could say where they hang."""
        self._profile = profile
        self._site = site
        self._zone = zone
        self._devices: dict[str, Device] = {}
        for device in devices:
            self._devices[device.code.casefold()] = device
            called = profiles.where(profile, device.address).channel
            if profile.filters and called:
                self._devices.setdefault(called.casefold(), device)
        self._told: OrderedDict[str, None] = OrderedDict()
        self._episodes: dict[tuple[DeviceCode, str], _Episode] = {}
        #: When each trouble was last over: what is told of before then is no new one.
        self._ended: dict[tuple[DeviceCode, str], datetime] = {}
        self._holds = timedelta(seconds=profile.holds)
        self._late_limit = timedelta(seconds=profile.late_limit)

    @property
    def topics(self) -> tuple[str, ...]:
        """MQTT filters; none for cameras that tell by HTTP, or not at all."""
        return self._profile.filters

    def read(self, message: Message) -> Reading:
        """Return what the message means."""
        try:
            return self._read(message)
        except Unreadable as problem:
            return Reading(verdict=Verdict.UNREADABLE, reason=str(problem))

    def elapsed(self, now: datetime) -> tuple[DeviceEvent, ...]:
        """Return which troubles are over because they were not repeated."""
        over = [key for key, one in self._episodes.items() if now - one.seen_at > self._holds]
        ends = [self._over(key, now) for key in over]
        return tuple(end for end in ends if end is not None)

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        """Remember what was told before a restart, and which troubles were not over."""
        for event in sorted(events, key=lambda one: one.occurred_at):
            if event.source.system is not System.CCTV:
                continue
            self._remember(event.event_id)
            key = (event.source.device, str(event.data.get("alert", "")))
            if event.type is EventType.CAMERA_RESTORED:
                self._episodes.pop(key, None)
                self._ended[key] = event.occurred_at
            elif key[1] and not event.stale:
                self._episodes[key] = _Episode(event, event.occurred_at)

    def _read(self, message: Message) -> Reading:
        levels = message.topic.split("/")
        if self._profile.filters and levels[1:] not in (["events"], ["reviews"]):
            return Reading(verdict=Verdict.HEALTH, reason="the watching system's own state")
        heard = self._heard(message)
        device = self._device(message, heard)
        if device is None:
            return Reading(
                verdict=Verdict.IGNORED, reason="a camera that the site file does not know"
            )
        rule = self._rule(heard)
        if rule is None:
            reason = f"nothing is known of {heard.codes[0][:60]!r}"
            return Reading(verdict=Verdict.IGNORED, reason=reason, device=device.code)
        if rule.means in {"health", "ignored"}:
            return Reading(verdict=Verdict(rule.means), reason="as agreed", device=device.code)
        if self._profile.tells == "hikvision":
            return self._repeated(device, heard, rule, message)
        return self._once(device, heard, rule, message)

    def _heard(self, message: Message) -> Said:
        match self._profile.tells:
            case "frigate-events":
                return said.frigate_event(message.payload)
            case "frigate-reviews":
                return said.frigate_review(message.payload)
            case "hikvision":
                return said.hikvision_alert(message.payload, zone=self._zone)
            case _:
                raise Unreadable("these cameras tell nothing")

    def _device(self, message: Message, heard: Said) -> Device | None:
        if heard.camera is not None:
            return self._devices.get(heard.camera.casefold())
        return self._devices.get(message.topic.rpartition("/")[2].casefold())

    def _rule(self, heard: Said) -> RuleForm | None:
        codes = {code.casefold() for code in heard.codes}
        for rule in self._profile.rule:
            wanted = {code.casefold() for code in rule.code}
            if ("*" in wanted or codes & wanted) and (heard.in_zone or not rule.zone):
                return rule
        return None

    def _once(self, device: Device, heard: Said, rule: RuleForm, message: Message) -> Reading:
        """Tell of an object or a review when it first is worth it, and never again."""
        if heard.mistaken:
            return Reading(
                verdict=Verdict.IGNORED, reason="a mistake, it says itself", device=device.code
            )
        event = self._event(device, heard, EventType(rule.means), message)
        if event.event_id in self._told:
            return Reading(
                verdict=Verdict.STALE, reason="told before", device=device.code, event=event
            )
        self._remember(event.event_id)
        verdict = Verdict.STALE if event.stale else Verdict.EVENT
        return Reading(
            verdict=verdict, reason=f"{heard.codes[0]} seen", device=device.code, event=event
        )

    def _repeated(self, device: Device, heard: Said, rule: RuleForm, message: Message) -> Reading:
        """Tell an episode when it begins; repetitions keep it, silence or an end closes it."""
        key = (device.code, heard.key or "")
        episode = self._episodes.get(key)
        if heard.ended:
            end = self._over(key, message.received_at) if episode is not None else None
            verdict = Verdict.EVENT if end is not None else Verdict.HEALTH
            return Reading(verdict=verdict, reason="not active", device=device.code, event=end)
        if episode is not None:
            episode.seen_at = message.received_at
            return Reading(
                verdict=Verdict.STALE, reason="told before", device=device.code, event=episode.event
            )
        event = self._event(device, heard, EventType(rule.means), message)
        ended_at = self._ended.get(key)
        if event.event_id in self._told or (ended_at and event.occurred_at <= ended_at):
            return Reading(
                verdict=Verdict.STALE, reason="told before", device=device.code, event=event
            )
        self._remember(event.event_id)
        if event.stale:
            return Reading(
                verdict=Verdict.STALE, reason="old news", device=device.code, event=event
            )
        self._episodes[key] = _Episode(event, message.received_at)
        return Reading(
            verdict=Verdict.EVENT,
            reason=f"{heard.codes[0]} begins",
            device=device.code,
            event=event,
        )

    def _over(self, key: tuple[DeviceCode, str], now: datetime) -> DeviceEvent | None:
        """Close an episode; only a trouble of the camera itself is told to be over."""
        began = self._episodes.pop(key).event
        if not began.type.value.startswith(_WELL_AGAIN):
            return None
        self._ended[key] = now
        return DeviceEvent(
            event_id=EventId(f"over-{began.event_id}"),
            source=began.source,
            type=EventType.CAMERA_RESTORED,
            occurred_at=now,
            time_estimated=True,
            call=began.call,
            data={"was": began.type.value, "alert": key[1]},
        )

    def _event(self, device: Device, heard: Said, kind: EventType, message: Message) -> DeviceEvent:
        received_at = message.received_at
        at = heard.at if heard.at and heard.at <= received_at + _RUNS_AHEAD else None
        moment = at or received_at
        behind = received_at - moment
        stale = message.retained or behind > self._late_limit
        if self._profile.tells == "hikvision" or heard.key is None:
            identity = _digest(device.code, heard.key, moment.isoformat())
        else:
            identity = _digest(device.code, heard.key)
        return DeviceEvent(
            event_id=EventId(identity),
            source=Source(self._site, System.CCTV, device.code),
            type=kind,
            occurred_at=moment,
            time_estimated=at is None,
            subject=heard.codes[0][:200],
            call=CallKey(f"{device.code[:100]}:{identity[:16]}"),
            late=not stale and behind > _LATE_AFTER,
            stale=stale,
            data=heard.data,
        )

    def _remember(self, event_id: str) -> None:
        self._told[event_id] = None
        while len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)


def _digest(*parts: object) -> str:
    text = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
