"""Dialects of cameras, and the addresses that they make."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gateway.cctv.form import ProfileForm
from gateway.profiles import Shelf

_ADDRESS = re.compile(r"(?:(?P<scheme>https?|rtsp)://)?(?P<host>[^/?#\s]+)(?:/(?P<rest>\S*))?\Z")
_CHANNEL = re.compile(r"[\w.~-]{0,100}\Z", re.ASCII)


class BadCameraAddress(Exception):
    """An address does not fit its profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What a device's address means in a profile."""

    url: str
    #: What the dialect calls the camera.
    channel: str
    stream: str | None


def _made(document: Mapping[str, object]) -> ProfileForm:
    form = ProfileForm.model_validate(document)
    try:
        form.url.format_map({"host": "h", "channel": "1", "address": "a"})
    except (KeyError, IndexError, ValueError) as problem:
        raise ValueError(f"url: unknown placeholder: {problem}") from None
    return form


_SHELF = Shelf("gateway.cctv", kind="camera profile", make=_made)


def names() -> tuple[str, ...]:
    """Return the names of the profiles that are shipped."""
    return _SHELF.names


def load(name: str) -> ProfileForm:
    """Return a profile by its name, or by a path that ends in ``.toml``.

    :raises UnknownProfile: no such name, or no such file.
    :raises BadProfile: the file is not a profile; says which key and why.
    """
    return _SHELF.load(name)


def where(profile: ProfileForm, address: str) -> Where:
    """Return where a camera is that the site file gives this address.

    :raises BadCameraAddress: not ``host[:port][/channel]``, or not a whole address where one is due
    """
    if profile.url == "{address}":
        if "://" not in address:
            raise BadCameraAddress(f"{profile.name} needs a whole address, such as http://…")
        return Where(url=address, channel="", stream=None)
    found = _ADDRESS.match(address)
    if found is None or "@" in found["host"] or found["scheme"] == "rtsp":
        raise BadCameraAddress("write host, host:port or host:port/channel; https:// may precede")
    channel = (found["rest"] or "").strip("/") or profile.channel
    if not _CHANNEL.match(channel):
        raise BadCameraAddress(f"the channel {channel[:40]!r} is no plain word")
    values = {"host": found["host"], "channel": channel}
    return Where(
        url=_filled(profile.url, values, found["scheme"]),
        channel=channel,
        stream=_filled(profile.stream, values, found["scheme"]) if profile.stream else None,
    )


def _filled(template: str, values: Mapping[str, str], scheme: str | None) -> str:
    url = template.format_map(values)
    return f"{scheme}://{url.partition('://')[2]}" if scheme else url
