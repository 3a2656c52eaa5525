"""A Dahua VTO behind the DahuaVTO2MQTT bridge.

The bridge publishes each item of the station's event list on ``<prefix>/<Code>/Event`` with QoS 0,
not retained, as JSON indented by four, and has no last will.
Source: elad-bar/DahuaVTO2MQTT, DahuaVTO.py and MQTTEvents.MD at 2c57c62; live logs in its issue 29.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from simulators.action import Act, Action
from simulators.outgoing import Outgoing

#: The panel's light, ``BackKeyLight`` ``State``.
REST, RINGING, ANSWERED, NOT_ANSWERED, REBOOTED = 0, 1, 5, 6, 11

Data = Mapping[str, object]

#: Acts that always say the same: (code, action, data) of each message.
PLAIN: Mapping[Act, tuple[tuple[str, str, Data], ...]] = {
    Act.DOOR_OPEN: (("DoorStatus", "Pulse", {"Status": "Open"}),),
    Act.DOOR_CLOSE: (("DoorStatus", "Pulse", {"Status": "Close"}),),
    Act.DOOR_HELD: (("DoorNotClosed", "Start", {}),),
    Act.TAMPER: (
        (
            "ProfileAlarmTransmit",
            "Start",
            {"AlarmType": "Tamper", "DevSrcType": "VTO", "SenseMethod": "Vibration"},
        ),
    ),
    Act.ALARM: (("AlarmLocal", "Start", {}),),
    Act.ALARM_CLEAR: (("AlarmLocal", "Stop", {}),),
}


@dataclass(slots=True, kw_only=True)
class DahuaVto:
    """One station; it counts its calls from 1 again after each reboot."""

    code: str
    prefix: str
    zone: ZoneInfo
    model: str = "VTO2211G-P"
    calls: int = 0
    records: int = 690
    _beats: int = 0
    _rang_at: datetime | None = None
    _answered_at: datetime | None = None
    _called: str = "9901"
    _held_open: bool = False

    can: ClassVar[frozenset[Act]] = frozenset(
        {*PLAIN, Act.RING, Act.ANSWER, Act.END, Act.MISS, Act.CARD}
    )

    @property
    def event_topic(self) -> str:
        """Where a press is told first."""
        return f"{self.prefix}/Invite/Event"

    def start(self, *, now: datetime) -> list[Outgoing]:
        """Come up as after a power cut: the call counter starts over."""
        self.calls = 0
        return [self._light(REBOOTED, now), self._registered(now)]

    def heartbeat(self, *, now: datetime) -> list[Outgoing]:
        """Housekeeping by turns: the clock set by NTP, the SIP registration."""
        self._beats += 1
        return [self._clock_set(now) if self._beats % 2 else self._registered(now)]

    def say(self, action: Action, *, now: datetime) -> list[Outgoing]:
        """One act is one to three messages, as the panel sends them."""
        match action.act:
            case Act.RING:
                return self._ring(action, now)
            case Act.ANSWER:
                self._answered_at = now
                return [self._event("IgnoreInvite", "Pulse", {}, now), self._light(ANSWERED, now)]
            case Act.END:
                return [
                    self._event("PassiveHungup", "Pulse", {"Index": 1}, now),
                    self._light(REST, now),
                    self._talk_log("Received", now),
                ]
            case Act.MISS:
                return [self._light(NOT_ANSWERED, now), self._talk_log("Missed", now)]
            case Act.BACK:
                return self.start(now=now)
            case _:
                return self._door(action, now)

    def _ring(self, action: Action, now: datetime) -> list[Outgoing]:
        self.calls += 1
        self._rang_at, self._answered_at = now, None
        self._called = action.text("to", "9901")
        call = {
            "CallID": str(self.calls),
            "IsEncryptedStream": False,
            "LockNum": 2,
            "SupportPaas": False,
            "TCPPort": 37777,
            "UserID": self._called,
        }
        return [
            self._event("Invite", "Pulse", call, now),
            self._event("CallNoAnswered", "Start", call, now),
            self._light(RINGING, now),
        ]

    def _door(self, action: Action, now: datetime) -> list[Outgoing]:
        if action.act is Act.CARD:
            return self._card(action, now)
        told = [self._event(code, how, data, now) for code, how, data in PLAIN.get(action.act, ())]
        if action.act is Act.DOOR_CLOSE and self._held_open:
            told.insert(0, self._event("DoorNotClosed", "Stop", {}, now))
        if action.act in {Act.DOOR_HELD, Act.DOOR_CLOSE}:
            self._held_open = action.act is Act.DOOR_HELD
        return told

    def _card(self, action: Action, now: datetime) -> list[Outgoing]:
        self.records += 1
        number = action.text("card", "1B2C3D4E")
        opened = {
            "CardNo": number,
            "CardType": 0,
            "Method": 1,
            "Name": "OpenDoor",
            "Password": "",
            "ReaderID": "1",
            "RecNo": self.records,
            "SnapURL": "",
            "Status": int(action.flag("granted", default=True)),
            "Type": "Entry",
            "UserID": action.text("user", ""),
        }
        return [
            self._event("DoorCard", "Pulse", {"Number": number}, now),
            self._event("AccessControl", "Pulse", opened, now),
        ]

    def _light(self, state: int, now: datetime) -> Outgoing:
        return self._event("BackKeyLight", "Pulse", {"State": state}, now, index=-1)

    def _talk_log(self, end: str, now: datetime) -> Outgoing:
        talked = (now - self._answered_at).total_seconds() if self._answered_at else 0.0
        log = {
            "BeginTime": self._local(self._rang_at or now),
            "EndState": end,
            "LocalNumber": self._called,
            "TalkTime": int(talked),
        }
        return self._event("VideoTalkLog", "Pulse", log, now)

    def _clock_set(self, now: datetime) -> Outgoing:
        adjusted = {"Address": "ntp.aliyun.com", "Before": self._date(now), "result": True}
        return self._event("NTPAdjustTime", "Pulse", adjusted, now)

    def _registered(self, now: datetime) -> Outgoing:
        return self._event(
            "SIPRegisterResult", "Pulse", {"Date": self._date(now), "Success": True}, now
        )

    def _event(
        self, code: str, action: str, data: Data, now: datetime, *, index: int = 0
    ) -> Outgoing:
        times = {"LocaleTime": self._local(now), "UTC": float(int(now.timestamp()))}
        body = {
            "Action": action,
            "Code": code,
            "Data": dict(sorted({**data, **times}.items())),
            "Index": index,
            "deviceType": self.model,
            "serialNumber": f"SIM{self.code}",
        }
        topic = f"{self.prefix}/{code}/Event"
        return Outgoing(topic=topic, payload=json.dumps(body, indent=4).encode())

    def _local(self, moment: datetime) -> str:
        return moment.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S")

    def _date(self, moment: datetime) -> str:
        return moment.astimezone(self.zone).strftime("%d-%m-%Y %H:%M:%S")
