"""The form of a camera's profile file: how to reach a kind of camera, and what it says itself."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, model_validator

from core.facts.device import EventType

#: What a camera's own word may become.
MEANINGS = frozenset(
    {EventType.ALARM_RAISED, EventType.TAMPER_RAISED, EventType.DEVICE_FAULT}
    | {one for one in EventType if one.value.startswith(("camera.", "scene."))}
) - {EventType.SCENE_COMPARED, EventType.CAMERA_RESTORED}


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleForm(_Form):
    """What one of the camera's words means. The first rule that fits is taken."""

    #: Kinds of object or event; case does not matter, ``*`` stands for anything.
    code: tuple[str, ...] = Field(min_length=1)
    #: An event type, or ``health``, or ``ignored``.
    means: str
    #: Only what entered a zone that somebody has drawn.
    zone: bool = False

    @model_validator(mode="after")
    def _known_word(self) -> "RuleForm":
        if self.means not in {"health", "ignored"} | {one.value for one in MEANINGS}:
            raise ValueError(f"means {self.means!r} is no event of a camera, health or ignored")
        return self


class ProfileForm(_Form):
    """A whole profile file."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: str
    #: How a still is had.
    way: Literal["http", "mjpeg", "rtsp", "onvif"]
    #: Where: ``{host}`` and ``{channel}`` come out of the device's address, which is
    #: ``host[:port][/channel]``; ``{address}`` is the whole of it.
    url: str
    #: The channel where the address names none.
    channel: str = ""
    #: RTSP only.
    transport: Literal["tcp", "udp"] = "tcp"
    #: Whether the answer's ``Date`` is the camera's own clock, not that of a bridge before it.
    clock: bool = False
    #: Seconds between two looks, where the site file says nothing.
    interval: PositiveFloat = 5.0
    #: The language in which the camera tells what it finds.
    tells: Literal["nothing", "frigate-events", "frigate-reviews", "hikvision"] = "nothing"
    #: MQTT filters to subscribe to.
    filters: tuple[str, ...] = ()
    #: An endless multipart answer in which the camera tells; placeholders as in ``url``.
    stream: str | None = None
    #: Seconds after which what is first told is old news.
    late_limit: PositiveFloat = 86_400.0
    #: Seconds without a repetition after which what was told active is over.
    holds: PositiveFloat = 30.0
    rule: tuple[RuleForm, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> "ProfileForm":
        if self.tells != "nothing" and not self.rule:
            raise ValueError("rule: what the camera tells has no meaning")
        if self.tells.startswith("frigate") and not self.filters:
            raise ValueError("filters: frigate tells over MQTT")
        if (self.stream is not None) != (self.tells == "hikvision"):
            raise ValueError("stream: goes with tells = 'hikvision'")
        return self
