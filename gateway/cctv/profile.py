"""Camera profiles by name or by file, and the addresses that they make."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from gateway.cctv.form import ProfileForm

_SHIPPED = resources.files("gateway.cctv") / "profiles"
_ADDRESS = re.compile(r"(?:(?P<scheme>https?|rtsp)://)?(?P<host>[^/?#\s]+)(?:/(?P<rest>\S*))?\Z")
_CHANNEL = re.compile(r"[\w.~-]{0,100}\Z", re.ASCII)


class UnknownProfile(Exception):
    """There is no profile of that name."""

    def __init__(self, name: str) -> None:
        """Say which are known and which was probably meant."""
        close = difflib.get_close_matches(name, names(), n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        super().__init__(f"no camera profile {name[:100]!r}{hint} known: {', '.join(names())}")


class BadProfile(Exception):
    """A profile file does not say what a profile must say."""


class BadCameraAddress(Exception):
    """An address does not fit its profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What a device's address means in a profile."""

    url: str
    #: What the dialect calls the camera.
    channel: str
    stream: str | None


@cache
def names() -> tuple[str, ...]:
    """Return the names of the profiles that are shipped."""
    found = (entry.name for entry in _SHIPPED.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def load(name: str) -> ProfileForm:
    """Return a profile by its name, or by a path that ends in ``.toml``.

    :raises UnknownProfile: no such name, or no such file
    :raises BadProfile: the file is not a profile; says which key and why
    """
    if name.endswith(".toml"):
        try:
            return _read(Path(name).read_text(encoding="utf-8"), file=name)
        except (OSError, UnicodeDecodeError):
            raise UnknownProfile(name) from None
    if name not in names():
        raise UnknownProfile(name)
    return _read((_SHIPPED / f"{name}.toml").read_text(encoding="utf-8"), file=f"{name}.toml")


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


def _read(text: str, *, file: str) -> ProfileForm:
    try:
        form = ProfileForm.model_validate(tomllib.loads(text))
        form.url.format_map({"host": "h", "channel": "1", "address": "a"})
    except tomllib.TOMLDecodeError as problem:
        raise BadProfile(f"{file}: {problem}") from None
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadProfile(f"{file}: {key}: {first['msg']}") from None
    except (KeyError, IndexError, ValueError) as problem:
        raise BadProfile(f"{file}: url: unknown placeholder: {problem}") from None
    return form
