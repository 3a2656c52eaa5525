"""Log-ins: made on first start, and renewed for one person at a time."""

import secrets
from pathlib import Path

import typer
from pwdlib import PasswordHash

from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.rules import rules
from core.store.database import Database
from front.data_folder import DataFolder, NoStore

#: Letters and digits that nobody confuses when they are read aloud.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def fresh_password() -> str:
    """Return ten characters, some fifty bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def renew(person: str, *, site: str | None, data: Path | None, database: str | None) -> str:
    """Give a person a new password and end his sessions; return ``log-in<TAB>password``.

    :raises typer.BadParameter: no such person or site, or it is not clear which.
    """
    try:
        url = database or DataFolder.found(data).database_url
    except NoStore as problem:
        raise typer.BadParameter(str(problem), param_hint="--data") from None
    password = fresh_password()
    hashed = PasswordHash.recommended().hash(password)
    opened = Database.open(url, rules=rules())
    try:
        with opened.begin() as store:
            codes = store.sites.codes()
            wanted = SiteCode(site) if site is not None else codes[0]
            if wanted not in codes or (site is None and len(codes) > 1):
                raise typer.BadParameter(f"one of: {', '.join(codes)}", param_hint="--site")
            store.people.set_password(
                wanted, PersonCode(person), login=person, password_hash=hashed
            )
            store.sessions.revoke_all(wanted, PersonCode(person))
    except NotFound as problem:
        raise typer.BadParameter(str(problem)) from None
    finally:
        opened.close()
    return f"{person}\t{password}"
