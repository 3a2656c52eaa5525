"""``[[messenger]]`` of a site file: who carries messages to people's telephones.

The gateway has nothing to do with them; they stand here because a site is wired in one file. The
centre takes them over when it starts, with what their secret files hold.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.facts.message import PUSH, Messenger, MessengerCode, MessengerKind
from core.facts.people import Role

_Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,32}\z")]
_Text = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,1000}\z")]


class MessengerTable(BaseModel):
    """``[[messenger]]``; a robot's address is a secret itself and may lie in a file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    code: _Code
    kind: _Text
    url: _Text | None = None
    url_file: _Text | None = None
    secret_file: _Text | None = None
    roles: list[_Text] = Field(default_factory=list)
    per_minute: Annotated[int, Field(ge=1, le=6_000)] = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MessengerWiring:
    """A messenger as the file names it, its secrets unread."""

    code: MessengerCode
    kind: MessengerKind
    url: str | None
    url_file: Path | None
    secret_file: Path | None
    roles: frozenset[Role]
    per_minute: int

    def read(self) -> Messenger:
        """Return it with its secrets.

        :raises OSError: a file is not there. :raises ValueError: its address is none.
        """
        url = self.url or (self.url_file.read_text("utf-8").strip() if self.url_file else "")
        if (reason := _not_reached(url)) is not None:
            raise ValueError(f"messenger {self.code}: {reason}")
        secret = self.secret_file.read_text("utf-8").strip() if self.secret_file else None
        return Messenger(
            code=self.code,
            kind=self.kind,
            url=url,
            secret=secret or None,
            roles=self.roles,
            per_minute=self.per_minute,
        )


def wiring(row: MessengerTable, folder: Path) -> MessengerWiring:
    """Return one table, its files beside the site file."""
    return MessengerWiring(
        code=MessengerCode(row.code),
        kind=MessengerKind(row.kind),
        url=row.url,
        url_file=folder / row.url_file if row.url_file is not None else None,
        secret_file=folder / row.secret_file if row.secret_file is not None else None,
        roles=frozenset(Role(role) for role in row.roles),
        per_minute=row.per_minute,
    )


def mistakes(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a table beyond its form: which key, and why."""
    url = row.get("url")
    if ("url" in row) == ("url_file" in row):
        yield "url", "say where it is: either url or url_file"
    if isinstance(url, str) and (reason := _not_reached(url)) is not None:
        yield "url", reason
    if row.get("code") == PUSH:
        yield "code", f"{PUSH!r} is the way to browsers"


def _not_reached(url: str) -> str | None:
    """Return why a message should not be sent there; None: it may."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"}:
        return "not an address such as https://host/path"
    if parts.scheme == "http" and not _own(host):
        return "messages leave the house: only https, or this machine itself"
    return None


def _own(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
