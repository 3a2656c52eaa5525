"""What a device said, normalised: one vocabulary for every vendor (设备事件)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.errors import NotReadable

SiteCode = NewType("SiteCode", str)
DeviceCode = NewType("DeviceCode", str)
EventId = NewType("EventId", str)
#: Messages of one call bear the same key; one key opens one report.
CallKey = NewType("CallKey", str)

#: JSON's plain values: what ``data`` of an event may hold.
Plain = str | int | float | bool | None


class System(StrEnum):
    """Which of the building's three systems a device belongs to."""

    ACCESS_CONTROL = "access_control"  # 门禁
    FIRE_PHONE = "fire_phone"  # 消防电话
    CCTV = "cctv"  # 监控摄像


class EventType(StrEnum):
    """Everything a device can say."""

    INTERCOM_RINGING = "intercom.ringing"
    INTERCOM_ANSWERED = "intercom.answered"
    INTERCOM_ENDED = "intercom.ended"
    INTERCOM_MISSED = "intercom.missed"
    HELP_PRESSED = "help.pressed"
    DOOR_OPENED = "door.opened"
    DOOR_CLOSED = "door.closed"
    DOOR_HELD_OPEN = "door.held_open"
    DOOR_FORCED = "door.forced"
    DOOR_REFUSED = "door.refused"
    CREDENTIAL_PRESENTED = "credential.presented"
    ALARM_RAISED = "alarm.raised"
    ALARM_CLEARED = "alarm.cleared"
    TAMPER_RAISED = "tamper.raised"

    FIRE_PHONE_CALLING = "fire_phone.calling"
    FIRE_PHONE_TALKING = "fire_phone.talking"
    FIRE_PHONE_ENDED = "fire_phone.ended"
    LINE_FAULT = "line.fault"
    LINE_RESTORED = "line.restored"
    HOST_FAULT = "host.fault"
    HOST_RESTORED = "host.restored"
    FIRE_ALARM = "fire.alarm"

    SNAPSHOT_TAKEN = "snapshot.taken"
    CAMERA_OFFLINE = "camera.offline"
    CAMERA_FROZEN = "camera.frozen"
    CAMERA_BLACK = "camera.black"
    CAMERA_OVER_EXPOSED = "camera.over_exposed"
    CAMERA_COVERED = "camera.covered"
    CAMERA_MOVED = "camera.moved"
    CAMERA_BLURRED = "camera.blurred"
    CAMERA_OBSTRUCTED = "camera.obstructed"
    CAMERA_RESTORED = "camera.restored"
    SCENE_LEFT_OBJECT = "scene.left_object"
    SCENE_BLOCKED_PASSAGE = "scene.blocked_passage"
    SCENE_LAMP_OUT = "scene.lamp_out"
    SCENE_COVERED_FLOOR = "scene.covered_floor"
    SCENE_COMPARED = "scene.compared"

    DEVICE_SILENT = "device.silent"
    DEVICE_BACK = "device.back"
    DEVICE_FAULT = "device.fault"


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it: ``/<site>/<system>/<device>`` on the wire."""

    site: SiteCode
    system: System
    device: DeviceCode

    def __str__(self) -> str:
        """Return the source as CloudEvents carries it."""
        return f"/{self.site}/{self.system}/{self.device}"

    @classmethod
    def parse(cls, text: str) -> "Source":
        """Read ``/<site>/<system>/<device>``; the device's code may hold further slashes.

        :raises NotReadable: not of that form, or a system nobody knows.
        """
        parts = text.split("/", 3)
        if len(parts) != 4 or parts[0] or not all(parts[1:]):
            raise NotReadable(f"source {text[:200]!r} is not /site/system/device")
        try:
            return cls(SiteCode(parts[1]), System(parts[2]), DeviceCode(parts[3]))
        except ValueError:
            raise NotReadable(f"source {text[:200]!r} names no system we know") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceEvent:
    """One thing a device said, told once or many times: ``(source, event_id)`` is the same then."""

    event_id: EventId
    source: Source
    type: EventType
    occurred_at: datetime
    #: The device gave no time: ``occurred_at`` is when the gateway got it.
    time_estimated: bool = False
    #: Extension, door, lane: which part of the device.
    subject: str | None = None
    call: CallKey | None = None
    #: First told more than two minutes after it happened, but within the device's limit.
    late: bool = False
    #: Old news: retained, history, or past the limit. Kept in the log, opens nothing.
    stale: bool = False
    data: Mapping[str, Plain] = field(default_factory=dict)
