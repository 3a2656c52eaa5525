"""How the site file writes where a fire-phone host is."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

Scheme = Literal["tcp", "rtuovertcp", "rtu"]
_KEYS = {"unit", "baudrate", "parity", "stopbits", "bytesize"}
_EXAMPLES = "tcp://host:502, rtuovertcp://host:port or rtu:///dev/ttyUSB0?baudrate=9600&parity=N"


class BadAddress(ValueError):
    """Not the address of a Modbus host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a host is, and over which cable; hosts with the same ``line`` share it."""

    scheme: Scheme
    host: str = ""
    port: int = 502
    #: The serial port, for ``rtu``.
    path: str = ""
    baudrate: int = 9600
    parity: str = "N"
    stopbits: int = 1
    bytesize: int = 8
    #: Goes before the profile's unit, where one cable has many hosts.
    unit: int | None = None

    @property
    def line(self) -> tuple[str, str, int]:
        """What tells one cable from another."""
        return self.scheme, self.path or self.host, 0 if self.path else self.port

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read an address.

        :raises BadAddress: of another form; says what is wrong.
        """
        try:
            parts = urlsplit(text)
            query = dict(
                parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True)
                if parts.query
                else []
            )
            port = parts.port
        except ValueError as problem:
            raise BadAddress(f"{text[:100]!r}: {problem}; write {_EXAMPLES}") from None
        unknown = sorted(set(query) - _KEYS)
        if unknown:
            raise BadAddress(f"unknown {unknown[0]!r} in the address; known: {', '.join(_KEYS)}")
        unit = _number(query, "unit", 0, 255) if "unit" in query else None
        match parts.scheme:
            case "tcp" | "rtuovertcp" if parts.hostname and parts.path in {"", "/"}:
                return cls(scheme=parts.scheme, host=parts.hostname, port=port or 502, unit=unit)
            case "rtu" if parts.path.startswith("/") and not parts.netloc:
                return _serial(parts.path, query, unit)
        raise BadAddress(f"{text[:100]!r} is no address of a host; write {_EXAMPLES}")


def _serial(path: str, query: dict[str, str], unit: int | None) -> Address:
    parity = query.get("parity", "N").upper()
    if parity not in {"N", "E", "O"}:
        raise BadAddress("parity is N, E or O")
    return Address(
        scheme="rtu",
        path=path,
        baudrate=_number({"baudrate": "9600"} | query, "baudrate", 300, 921_600),
        parity=parity,
        stopbits=_number({"stopbits": "1"} | query, "stopbits", 1, 2),
        bytesize=_number({"bytesize": "8"} | query, "bytesize", 7, 8),
        unit=unit,
    )


def _number(query: dict[str, str], key: str, least: int, most: int) -> int:
    text = query[key]
    if not text.isdecimal() or not least <= int(text) <= most:
        raise BadAddress(f"{key} is a number from {least} to {most}")
    return int(text)
