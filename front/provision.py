"""Before the first start: tables, places and people, log-ins, and the gateway's token."""

import hashlib
from collections.abc import Iterable

from pwdlib import PasswordHash

from core.facts.people import Person, Role
from core.facts.rules import Rules
from core.store.database import Database
from front.data_folder import DataFolder
from front.log_ins import fresh_password
from gateway.site import Wiring

#: Who shows what the product does, in the order of a day.
SHOWN = (
    Role.OPERATOR,
    Role.DESK_AGENT,
    Role.GENERAL_GROUP_SUPERVISOR,
    Role.DIRECTOR,
    Role.CAPTAIN,
    Role.GUARD,
    Role.ADMINISTRATOR,
)


def provision(
    wiring: Wiring, *, folder: DataFolder, database_url: str, rules: Rules, everybody: bool
) -> None:
    """Bring the store up to date with the site file; run again it changes no log-in.

    :param everybody: give every person a log-in, as in a demonstration; else administrators only.
    """
    database = Database.open(database_url, rules=rules)
    try:
        database.migrate()
        site = wiring.site.code
        with database.begin() as store:
            store.sites.seed(wiring.site)
            store.messengers.seed(site, [one.read() for one in wiring.messengers])
            store.people.seed(site, wiring.units.values(), wiring.people.values())
            token = folder.token().read_text().strip()
            store.gateways.register(
                site, "gateway-1", token_hash=hashlib.sha256(token.encode()).hexdigest()
            )
        if not folder.log_ins.exists():
            _make_log_ins(database, wiring, folder, everybody=everybody)
        folder.seal_key()
    finally:
        database.close()


def log_ins(folder: DataFolder) -> list[tuple[str, str, str, str]]:
    """Return the log-ins made on first start: role, name, log-in, password."""
    if not folder.log_ins.exists():
        return []
    rows = (line.split("\t") for line in folder.log_ins.read_text("utf-8").splitlines())
    return [(row[0], row[1], row[2], row[3]) for row in rows if len(row) == 4]


def shown(rows: Iterable[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """Return one log-in for each role worth trying."""
    first: dict[str, tuple[str, str, str, str]] = {}
    for row in rows:
        first.setdefault(row[0], row)
    return [first[role.value] for role in SHOWN if role.value in first]


def _make_log_ins(
    database: Database, wiring: Wiring, folder: DataFolder, *, everybody: bool
) -> None:
    people = [person for person in wiring.people.values() if everybody or _administers(person)]
    hasher = PasswordHash.recommended()
    # In a demonstration one password is enough, and one hash of it: they are slow by design.
    shared = fresh_password() if everybody else None
    shared_hash = hasher.hash(shared) if shared else None
    lines: list[str] = []
    with database.begin() as store:
        for person in people:
            password = shared or fresh_password()
            store.people.set_password(
                wiring.site.code,
                person.code,
                login=person.code,
                password_hash=shared_hash or hasher.hash(password),
            )
            role = min(person.roles, key=list(Role).index).value
            lines.append(f"{role}\t{person.name}\t{person.code}\t{password}")
    folder.write_private(folder.log_ins, "\n".join(lines) + "\n")


def _administers(person: Person) -> bool:
    return Role.ADMINISTRATOR in person.roles
