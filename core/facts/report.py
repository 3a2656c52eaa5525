"""One telling of a problem: by whom, through which channel and relays, when (报事)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.facts.catalogue import CategoryCode
from core.facts.device import CallKey, DeviceCode, EventType, SiteCode
from core.facts.issue import Caller, IssueNumber, Urgency
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode

ReportNumber = NewType("ReportNumber", int)
StormNumber = NewType("StormNumber", int)


class Channel(StrEnum):
    """The way by which a report reached the centre or the desk (五.1(1))."""

    INTERCOM = "intercom"  # 门禁呼叫
    HELP_BUTTON = "help_button"  # 求助按钮
    FIRE_PHONE = "fire_phone"  # 消防电话
    CAMERA = "camera"  # 监控录像
    DEVICE = "device"  # 设备自报
    TELEPHONE = "telephone"  # 电话
    WALK_IN = "walk_in"  # 当面
    SQUAD_LEADER = "squad_leader"  # 经班长
    CAPTAIN = "captain"  # 经队长
    ON_SITE_SUPERVISOR = "on_site_supervisor"  # 经现场负责人
    DESK = "desk"  # 客服中心
    MOBILE = "mobile"  # 员工手机


#: Channels that a person types for another; a finder's own telephone, or a device, opens the rest.
TYPED = frozenset(
    {
        Channel.TELEPHONE,
        Channel.WALK_IN,
        Channel.SQUAD_LEADER,
        Channel.CAPTAIN,
        Channel.ON_SITE_SUPERVISOR,
        Channel.DESK,
    }
)


class ReportClass(StrEnum):
    """What kind of attention a report asks for; decides its place in the queue and its sound."""

    LIFE_SAFETY = "life_safety"
    CALL = "call"
    ALARM = "alarm"
    TELLING = "telling"
    FAULT = "fault"


class CallState(StrEnum):
    """Where the conversation stands at the device."""

    RINGING = "ringing"
    ANSWERED = "answered"
    MISSED = "missed"
    ENDED = "ended"


class Means(StrEnum):
    """How one person told the next."""

    TELEPHONE = "telephone"
    RADIO = "radio"
    IN_PERSON = "in_person"
    MESSAGE = "message"


class Cause(StrEnum):
    """Why a report needed nothing; counted every month."""

    TEST = "test"  # 测试
    FALSE_ALARM = "false_alarm"  # 误报
    WRONG_NUMBER = "wrong_number"  # 拨错
    DUPLICATE = "duplicate"  # 重复
    NOTHING_FOUND = "nothing_found"  # 到场无异常
    CLEARED = "cleared"  # 自行恢复
    OTHER = "other"  # 其他


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """One hop of a telling: who passed it on to whom, and when."""

    by_name: str
    to_name: str
    means: Means
    told_at: datetime
    by_person: PersonCode | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A report that a person types, at the centre or at the desk."""

    channel: Channel
    caller: Caller
    words: str
    #: When the first reporter first told somebody; None: just now.
    told_at: datetime | None = None
    relays: tuple[Relay, ...] = ()
    place: PlaceCode | None = None
    category: CategoryCode | None = None
    #: None: as the category says.
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What an operator adds to a report before it may go to the desk."""

    caller: Caller
    place: PlaceCode
    category: CategoryCode
    words: str
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An operator's hold on a report: a lease, never a lock."""

    by: PersonCode
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """Put aside by its holder until a moment, and why; it returns to the queue by itself."""

    until: datetime
    by: PersonCode
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Its holder asks somebody to take it; it stays his until that person agrees."""

    to: PersonCode
    by: PersonCode
    until: datetime


class BackWhy(StrEnum):
    """Why a report is in the queue again though nobody put it there."""

    PARK_OVER = "park_over"  # 到时返回
    ABANDONED = "abandoned"  # 无人续接
    LOGGED_OFF = "logged_off"  # 值班员退出


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """It returned to the queue by itself; who had it, and when."""

    why: BackWhy
    by: PersonCode
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """The desk did not accept, and says why."""

    reason: str
    by: PersonCode
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One telling, as it stands at the monitoring centre."""

    site: SiteCode
    number: ReportNumber
    issue: IssueNumber
    channel: Channel
    cls: ReportClass
    priority: int
    queued: bool
    event_type: EventType | None
    device: DeviceCode | None
    #: Which part of the device: an extension, a door, a lane.
    subject: str | None
    place: PlaceCode | None
    told_at: datetime
    received_at: datetime
    times_told: int
    late: bool
    call_key: CallKey | None
    call_state: CallState | None
    answered_at: datetime | None
    ended_at: datetime | None
    words: str
    #: When an operator's console first showed it.
    shown_at: datetime | None
    completed_at: datetime | None
    returned: SentBack | None
    #: The last claim, which may have run out: ask with the moment.
    claim: Claim | None
    version: int
    parked: Parked | None = None
    #: How often it was parked so far.
    parks: int = 0
    back: Back | None = None
    #: The last offer, which may have lapsed: ask with the moment.
    offer: Offer | None = None
    #: The storm under whose row it stands until somebody ticks it or takes it in hand (D4).
    storm: StormNumber | None = None
    #: The report of the trouble above that explains this silence, under which it stands (D5).
    under: ReportNumber | None = None

    def holder(self, now: datetime) -> PersonCode | None:
        """Return who holds the report at this moment."""
        return self.claim.by if self.claim and self.claim.until > now else None

    def offered(self, now: datetime) -> Offer | None:
        """Return what its holder offers at this moment."""
        offer = self.offer
        return offer if offer and offer.until > now and self.holder(now) == offer.by else None
