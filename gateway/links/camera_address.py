"""Where a camera is: only what the site file says, resolved here and checked before any byte.

A camera's address comes from the site file and from nowhere else. A name is resolved, the number
is judged, and the connection goes to that very number: a name server that changes its mind between
two questions gains nothing. What points at this machine, at its neighbours on the link (where
clouds keep their secrets) or at many at once is refused, unless the file spells out a loopback
address itself, as a camera bridge on the same machine needs.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from gateway.cctv.still import NoPicture

_PORTS = {"http": 80, "https": 443, "rtsp": 554}
_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z][a-z0-9-]*")
_Number = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadAddress(Exception):
    """This is no address of a camera; the reason, for whoever wrote the site file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraAddress:
    """An address that was judged by its spelling; who is behind it is judged when asked."""

    url: str
    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, url: str) -> "CameraAddress":
        """Read the address of a camera.

        :raises BadAddress: another scheme, a user inside, a number in disguise, a forbidden host
        """
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError as problem:
            raise BadAddress(f"not an address: {problem}") from None
        if parts.scheme not in _PORTS:
            raise BadAddress(f"a camera is reached by {', '.join(_PORTS)}: not {parts.scheme!r}")
        _judge_spelling(url, parts, host)
        number = _number(host)
        if number is not None and (reason := _forbidden(number, spelt_out=True)):
            raise BadAddress(f"{host} is {reason}")
        return cls(url=url, scheme=parts.scheme, host=host, port=port or _PORTS[parts.scheme])

    def resolve(self) -> str:
        """Return the number to connect to.

        :raises NoPicture: the name is unknown, or leads where no camera may be
        """
        number = _number(self.host)
        if number is not None:
            return str(number)
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except OSError as problem:
            raise NoPicture(f"the camera's name {self.host} is unknown: {problem}") from None
        return self.choose(str(one[4][0]) for one in found)

    def choose(self, numbers: Iterable[str]) -> str:
        """Return the first number behind the name that may be called.

        :raises NoPicture: none may
        """
        spelt_out = self.host == "localhost"
        reason = "no number"
        for text in numbers:
            number = _number(text)
            if number is None:
                continue
            refused = _forbidden(number, spelt_out=spelt_out)
            if refused is None:
                return str(number)
            reason = refused
        raise NoPicture(f"the camera's name {self.host} leads to {reason}: refused")

    @property
    def target(self) -> str:
        """Path and query."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _judge_spelling(url: str, parts: SplitResult, host: str) -> None:
    if "@" in parts.netloc:
        raise BadAddress("a user stands in its own key, not in the address")
    if not host:
        raise BadAddress("no host")
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in url) or "\\" in url:
        raise BadAddress("blanks, control characters or backslashes")
    if _number(host) is None and not _NAME.fullmatch(host):
        raise BadAddress(f"{host[:80]!r} is neither a name nor a number written plainly")


def _number(host: str) -> _Number | None:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return None
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped is not None:
        return number.ipv4_mapped
    return number


def _forbidden(number: _Number, *, spelt_out: bool) -> str | None:
    if number.is_loopback:
        return None if spelt_out else "this machine"
    if number.is_link_local:
        return "a link-local address"
    if number.is_multicast:
        return "a multicast address"
    if number.is_unspecified or number == ipaddress.ip_address("255.255.255.255"):
        return "nobody's address"
    if number.is_reserved:
        return "a reserved address"
    return None
