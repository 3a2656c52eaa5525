"""The shape of ``site.toml``: which tables and keys there are, and what may stand in each."""

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from gateway.messenger_site import MessengerTable


def _url_of(*schemes: str) -> AfterValidator:
    def check(url: str) -> str:
        try:
            parts = urlsplit(url)
            good = parts.scheme in schemes and parts.hostname and (parts.port is None or parts.port)
        except ValueError:
            good = False
        if not good:
            raise ValueError(f"not an address such as {schemes[0]}://host:port")
        return url

    return AfterValidator(check)


Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,64}\z")]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,200}\z")]
#: A corner of a mask, in shares of the picture's width and height.
Corner = Annotated[list[Annotated[float, Field(ge=0, le=1)]], Field(min_length=2, max_length=2)]
Mask = Annotated[list[Corner], Field(min_length=3, max_length=64)]
Port = Annotated[int, Field(ge=1, le=65535)]
#: Names are compared with what is known; pydantic only sees to it that they are text.
Known = Text


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SiteTable(_Table):
    """``[site]``."""

    code: Code
    name: Text
    zone: Known
    # Where it lies, degrees north and east: for lamps that burn from sunset to sunrise.
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class CentreTable(_Table):
    """``[centre]``; the token may come from the environment instead."""

    url: Annotated[Text, _url_of("http", "https")]
    token_file: Text | None = None


class BrokerTable(_Table):
    """``[broker]``: one that is there, or the port for one of our own."""

    url: Annotated[Text, _url_of("mqtt", "mqtts")] | None = None
    username: Text | None = None
    password_file: Text | None = None
    ca_file: Text | None = None
    port: Port | None = None
    counts_losses: bool = False


class HttpTable(_Table):
    """``[http]``: a listener for devices that post."""

    host: Text = "127.0.0.1"
    port: Port
    secret_file: Text | None = None


class Gb26875Table(_Table):
    """``[gb26875]``: a listener for fire-alarm transmitters (GB/T 26875.3)."""

    host: Text = "127.0.0.1"
    port: Port


class PlaceTable(_Table):
    """``[[place]]``."""

    code: Code
    name: Text
    parent: Known | None = None


class RegionTable(_Table):
    """``[[device.region]]``: where in a camera's picture a place lies."""

    place: Known
    corners: Mask


class FindTable(_Table):
    """``[[device.find]]``: something that a camera shall look for."""

    what: Literal["left_object", "blocked_passage", "lamp_out", "covered_floor"]
    place: Known | None = None
    zone: Mask | None = None
    hold_seconds: Annotated[float, Field(ge=10, le=86400)] | None = None
    lit: Literal["by_night"] | None = None
    lit_from: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d\z")] | None = None
    lit_until: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d\z")] | None = (
        None
    )


class DeviceTable(_Table):
    """``[[device]]``."""

    code: Code
    name: Text | None = None
    kind: Known
    profile: Known
    address: Text
    place: Known
    silent_after: Annotated[float, Field(gt=0, le=31 * 86400)] | None = None
    parent: Known | None = None
    # Cameras only: see ``camera_site``.
    covers: list[Known] = Field(default_factory=list)
    keep_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    username: Text | None = None
    password_file: Text | None = None
    interval_seconds: Annotated[float, Field(ge=0.2, le=3600)] | None = None
    keep_seconds: Annotated[float, Field(ge=0, le=600)] | None = None
    masks: list[Mask] = Field(default_factory=list)
    clock_region: Mask | None = None
    region: list[RegionTable] = Field(default_factory=list)
    find: list[FindTable] = Field(default_factory=list)


class UnitTable(_Table):
    """``[[unit]]``."""

    code: Code
    name: Text
    kind: Known


class PersonTable(_Table):
    """``[[person]]``."""

    code: Code
    name: Text
    unit: Known
    roles: Annotated[list[Known], Field(min_length=1)]
    phone: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """A site file whose every table is well formed."""

    site: SiteTable
    centre: CentreTable | None
    broker: BrokerTable | None
    http: HttpTable | None
    gb26875: Gb26875Table | None
    places: tuple[PlaceTable, ...]
    devices: tuple[DeviceTable, ...]
    units: tuple[UnitTable, ...]
    people: tuple[PersonTable, ...]
    messengers: tuple[MessengerTable, ...] = ()
