"""Messages (消息): what goes to people's telephones, by which ways, and how each ended.

What calls somebody stands in the product anyway; a message is how it reaches him meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.facts.catalogue import Words
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber, Urgency
from core.facts.people import PersonCode, Role

MessengerCode = NewType("MessengerCode", str)

#: The way of a telephone that let its browser be called (Web Push, RFC 8030).
PUSH = MessengerCode("push")


class MessengerKind(StrEnum):
    """By whose interface a messenger is spoken to."""

    WECOM = "wecom"  # 企业微信群机器人
    DINGTALK = "dingtalk"  # 钉钉群机器人
    FEISHU = "feishu"  # 飞书群机器人
    SMS = "sms"  # 短信或语音网关

    @property
    def group(self) -> bool:
        """Whether everybody in a group reads what it says to one."""
        return self is not MessengerKind.SMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Messenger:
    """A robot in a group, or a gateway for short messages and calls, at one site."""

    code: MessengerCode
    kind: MessengerKind
    url: str
    #: What requests are signed with; None: the address itself is the secret.
    secret: str | None = field(default=None, repr=False)
    #: Whom it serves; empty: everybody.
    roles: frozenset[Role] = frozenset()
    #: At most so many messages a minute.
    per_minute: int = 20


class MessageKind(StrEnum):
    """What a message is about; each is acknowledged in its own way."""

    NOTICE = "notice"  # 上报通知: called in by a ladder (五.1(3))
    ALERT = "alert"  # 就近通知: asked to come (五.1(2))
    COPY = "copy"  # 抄送 (五.1(1))
    CARD = "card"  # 跟进卡: how does it stand (五.1(3)①)
    SUMMONS = "summons"  # 到席: called to the centre's seat (B18)


class MessageState(StrEnum):
    """How far it got."""

    WAITING = "waiting"
    SENT = "sent"
    #: It did not go this way; it goes by the person's next one.
    PASSED_ON = "passed_on"
    #: By none of his ways: somebody has to look why.
    FAILED = "failed"
    #: What it was about had ended, or he had read it, before it could be sent.
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one person by one way."""

    id: int
    site: SiteCode
    #: The journal entry that set it off.
    seq: int
    person: PersonCode
    kind: MessageKind
    #: It is about an issue or about a summons, and the other is None.
    issue: IssueNumber | None
    summons: int | None
    urgency: Urgency
    #: A messenger's code, or ``push``.
    way: MessengerCode
    words: Words
    #: What stands in its one-time link (J5).
    token: str
    created_at: datetime
    #: Not before.
    due_at: datetime
    state: MessageState
    tries: int = 0
    sent_at: datetime | None = None
    #: What the messenger said last: its number for the message, or why not.
    said: str | None = None
    #: When the link was used.
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A browser that may be called: where, and the keys its messages are locked with."""

    id: str
    person: PersonCode
    endpoint: str
    p256dh: str
    auth: str = field(repr=False)
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What is handed to a way at once: one message, several of one night, or one to several."""

    messages: tuple[Message, ...]
    #: By whom it goes; None: to browsers.
    messenger: Messenger | None
    #: Whom it is for: one person, or in a group all who are called for the same.
    names: tuple[str, ...]
    phones: tuple[str, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    #: What people call the site.
    site_name: str = ""

    @property
    def urgent(self) -> bool:
        """Whether a life may hang on it."""
        return any(one.urgency is Urgency.LIFE_SAFETY for one in self.messages)


#: Entries that set messages off, and what each is.
TELLING: Mapping[str, MessageKind] = {
    "escalated": MessageKind.NOTICE,
    "escalated_by_hand": MessageKind.NOTICE,
    "alerted": MessageKind.ALERT,
    "copy_sent": MessageKind.COPY,
    "follow_up_asked": MessageKind.CARD,
    "seat_called": MessageKind.SUMMONS,
}
