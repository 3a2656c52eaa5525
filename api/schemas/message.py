"""Messages to telephones, as the API tells of them: never what stands in a link."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.refs import PersonRef
from api.schemas.values import In, Out, Sentence
from core.facts.issue import Urgency
from core.facts.message import MessageKind, MessageState, MessengerKind
from core.facts.people import Role

_Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_=-]{8,200}$")]


class MessageOut(Out):
    """One message to one person by one way."""

    id: int
    to: PersonRef
    kind: MessageKind
    issue: int | None = Field(description="What it is about; none: a summons.")
    summons: int | None
    urgency: Urgency
    way: str
    words: Sentence
    created_at: datetime
    due_at: datetime
    state: MessageState
    tries: int
    sent_at: datetime | None
    said: str | None = Field(description="What the messenger said last.")
    answered_at: datetime | None


class MessagesOut(Out):
    """A page of messages, the last first."""

    items: list[MessageOut]
    next_cursor: str | None
    failed: int = Field(description="How many of this site reached nobody.")


class MessengerOut(Out):
    """A messenger of the site file: by whom, never at which address."""

    code: str
    kind: MessengerKind
    roles: list[Role]
    per_minute: int


class MessengersOut(Out):
    """The site's messengers."""

    items: list[MessengerOut]
    links: bool = Field(description="Whether messages carry a link.")
    push: bool = Field(description="Whether browsers can be called.")


class PushKeyOut(Out):
    """What a browser subscribes with; none: this centre calls no browser."""

    key: str | None
    mine: int = Field(description="How many browsers of mine are called.")


class PushKeysIn(In):
    """The keys of a browser's subscription."""

    p256dh: _Key
    auth: _Key


class SubscriptionIn(In):
    """A browser's subscription, as it tells it."""

    endpoint: Annotated[
        str, StringConstraints(min_length=12, max_length=1000, pattern=r"^https?://\S+$")
    ]
    keys: PushKeysIn
