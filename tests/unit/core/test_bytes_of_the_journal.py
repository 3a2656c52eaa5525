"""A thousand single characters changed at random in a journal: each is found."""

import random
from pathlib import Path

import sqlalchemy as sa

from core import sealing
from core.facts.rules import Rules
from core.store import tables
from core.store.database import Database
from tests.office import Office

KEY = b"k"


def test_a_thousand_random_mutations_are_all_found(tmp_path: Path, rules: Rules) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'store.sqlite'}", rules=rules)
    database.migrate()
    office = Office(database)
    for _ in range(4):
        office.handled(office.accepted())
    with database.begin() as store:
        sealing.seal(store, site=office.site, key=KEY, now=office.now)
        count = store.journal.last_seq(office.site)

    dice = random.Random(20261120)
    unseen = [_mutate_and_verify(office, dice, count) for _ in range(1_000)]

    database.close()
    assert unseen.count(True) == 0


def _mutate_and_verify(office: Office, dice: random.Random, count: int) -> bool:
    column = dice.choice(["body", "kind", "hash"])
    seq = dice.randint(1, count)
    here = tables.journal.c.seq == seq
    with office.database.begin() as store:
        text = store.connection.scalar(sa.select(tables.journal.c[column]).where(here))
        assert text is not None
        at = dice.randrange(len(text))
        other = dice.choice([c for c in "0123456789abcdefxyz" if c != text[at]])
        changed = text[:at] + other + text[at + 1 :]
        store.connection.execute(sa.update(tables.journal).where(here).values({column: changed}))
        found = sealing.verify(store, site=office.site, key=KEY).flaws
        store.connection.execute(sa.update(tables.journal).where(here).values({column: text}))
    return not found
