"""The form of a profile file: which keys it may hold, and what their values may be.

Vendors differ in where the kind of an event stands, in its vocabulary, in how time is given and
in how a station is named. A profile says those as data; no vendor has Python of its own.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveFloat,
    model_validator,
)

from core.facts.device import EventType, Plain
from gateway.access_control.fields import Lookup


class Means(StrEnum):
    """What a word of a dialect does to the conversation with its station."""

    RINGING = "ringing"  # a call starts
    ANSWERED = "answered"
    ENDED = "ended"
    MISSED = "missed"
    OVER = (
        "over"  # the call is over, and the device does not say how: answered → ended, else missed
    )
    HELP = "help"  # a help button: like a call, it is one press however often it is told
    EVENT = "event"  # something that belongs to no call
    HINT = "hint"  # tells who may be calling
    HEALTH = "health"
    IGNORED = "ignored"
    SILENT = "silent"  # the bridge or a last will says that the device is gone
    BACK = "back"


#: What ``means`` may say besides the words above: an event type outside any call.
PLAIN_EVENTS = frozenset(
    {
        EventType.DOOR_OPENED,
        EventType.DOOR_CLOSED,
        EventType.DOOR_HELD_OPEN,
        EventType.DOOR_FORCED,
        EventType.DOOR_REFUSED,
        EventType.ALARM_RAISED,
        EventType.ALARM_CLEARED,
        EventType.TAMPER_RAISED,
        EventType.DEVICE_FAULT,
    }
)
_WORDS = frozenset(Means) - {Means.EVENT} | {event.value for event in PLAIN_EVENTS}


def _usable(path: str) -> str:
    """Refuse a path that nobody could follow."""
    Lookup(path)
    return path


#: Levels and keys from the body, dotted, without regard to case. ``*`` is any one key;
#: ``path|change`` changes the value: see ``fields.CHANGES``.
Path = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_usable)]
Paths = tuple[Path, ...]
Word = str | int | float | bool


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TopicForm(_Form):
    """One shape of topic or request path. The first that fits is taken."""

    #: Levels between slashes: a word, ``{name}`` for one level, ``{name...}`` for one or more.
    pattern: Annotated[str, Field(min_length=1)]
    body: Literal["json", "text", "auto", "cloudevent"] = "auto"
    #: What a message without a body is.
    empty: Literal["unreadable", "ignored", "event"] = "unreadable"
    #: The kind of event, where the topic alone tells it; ``{name}`` stands for a level.
    code: str | None = None
    subject: str | None = None
    #: Which device speaks; ``{name}`` stands for a level.
    device: str = "{address}"


class FieldsForm(_Form):
    """Where things stand in the body; the first path that holds something is taken."""

    device: Paths = ()
    code: Paths = ()
    action: Paths = ()
    time: Paths = ()
    call: Paths = ()
    #: A number the device counts up for each event and repeats when it tells the event again.
    serial: Paths = ()
    #: Tells two records of one moment apart, but is not to be trusted alone.
    record: Paths = ()
    subject: Paths = ()


class CardForm(_Form):
    """A card's number, which leaves the gateway only as a keyed hash."""

    path: Path
    #: Not a card but a station's number, when the value fits this regular expression.
    plain_when: str | None = None


class RuleForm(_Form):
    """What one word means. The first rule that fits is taken."""

    #: Kinds of event; case, ``-``, ``_`` and spaces do not matter, ``*`` stands for anything.
    #: None at all: fits messages that name no kind.
    code: tuple[str, ...] = ()
    #: Beginnings of a bare text, taken literally.
    starts: tuple[str, ...] = ()
    #: Path → values one of which it must hold; ``~text`` means that it contains the text,
    #: ``*`` that there is something, ``-`` that there is nothing.
    when: dict[Path, tuple[Word, ...]] = Field(default_factory=dict)
    means: str
    #: The message tells a level, not an event: only a change of the state so named counts.
    level: str | None = None
    subject: str | None = None
    #: Goes into the event's data as it stands.
    data: dict[str, Plain] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known_word(self) -> "RuleForm":
        if self.means not in _WORDS:
            raise ValueError(f"means {self.means!r} is none of {', '.join(sorted(_WORDS))}")
        return self


class ProfileForm(_Form):
    """A whole profile file."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: str
    transport: Literal["mqtt", "http"] = "mqtt"
    #: MQTT filters to subscribe to; ``{address}`` becomes each device's address.
    filters: tuple[str, ...] = ()
    #: Seconds after which what is first told is old news.
    late_limit: PositiveFloat = 86_400.0
    #: Seconds within which a station's messages without a common call id are one press.
    group_window: PositiveFloat = 10.0
    #: Seconds after which a level that is told unchanged counts as told anew.
    level_holds: PositiveFloat = 120.0
    #: Seconds of silence that are an event, where the site file says nothing.
    silent_after: PositiveFloat | None = None
    #: Faults of the vendor's JSON that are put right before reading.
    repair: tuple[Literal["bare-address", "trailing-comma"], ...] = ()
    #: Keys that wrap the body proper.
    unwrap: Paths = ()
    #: Lists that hold several bodies in one message.
    items: Paths = ()
    #: Path → values by which the device marks an event as history.
    history: dict[Path, tuple[Word, ...]] = Field(default_factory=dict)
    topic: tuple[TopicForm, ...] = Field(min_length=1)
    fields: FieldsForm = FieldsForm()
    card: tuple[CardForm, ...] = ()
    #: Name in the event's data → where the value stands.
    data: dict[str, Paths] = Field(default_factory=dict)
    rule: tuple[RuleForm, ...] = ()
