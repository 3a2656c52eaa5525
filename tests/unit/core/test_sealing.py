"""Nobody changes, removes or inserts a line of the journal unseen."""

import random
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from core import sealing
from core.facts.device import EventType
from core.store import tables
from tests.office import Office

KEY = b"the key lies outside the database"


@pytest.fixture
def busy(office: Office) -> Office:
    """A site with several issues, sealed twice, and a tail that no checkpoint covers yet."""
    lamp = office.accepted()
    _seal(office)
    office.handled(lamp)
    office.hears(office.event(EventType.HELP_PRESSED, call="help"))
    office.tick()
    _seal(office)
    office.closed(lamp)
    return office


def test_an_untouched_journal_verifies(busy: Office) -> None:
    verified = _verify(busy)
    assert verified.flaws == ()
    assert verified.checkpoints == 2
    with busy.database.read() as store:
        assert verified.entries == len(list(store.journal.all(busy.site)))


def test_sealing_again_without_news_adds_nothing(busy: Office) -> None:
    assert _seal(busy) == 2  # the customer was told, and it was closed
    assert _seal(busy) == 0
    assert _verify(busy).checkpoints == 3


def _seal(office: Office) -> int:
    with office.database.begin() as store:
        return sealing.seal(store, site=office.site, key=KEY, now=office.now)


def _verify(office: Office) -> sealing.Verified:
    with office.database.read() as store:
        return sealing.verify(store, site=office.site, key=KEY)


def _alter(statement: Callable[[sa.RowMapping], sa.Executable], office: Office, seq: int) -> None:
    with office.database.begin() as store:
        row = (
            store.connection.execute(sa.select(tables.journal).where(tables.journal.c.seq == seq))
            .mappings()
            .one()
        )
        store.connection.execute(statement(row))


def _where(row: sa.RowMapping) -> sa.ColumnElement[bool]:
    seq: int = row["seq"]
    return tables.journal.c.seq == seq


ALTERATIONS: dict[str, Callable[[sa.RowMapping], sa.Executable]] = {
    "body": lambda row: (
        sa.update(tables.journal).where(_where(row)).values(body=row["body"][:-1] + " }")
    ),
    "by": lambda row: sa.update(tables.journal).where(_where(row)).values(by="someone-else"),
    "kind": lambda row: sa.update(tables.journal).where(_where(row)).values(kind="noted"),
    "hash": lambda row: sa.update(tables.journal).where(_where(row)).values(hash="0" * 64),
    "removed": lambda row: sa.delete(tables.journal).where(_where(row)),
    "inserted": lambda row: sa.insert(tables.journal).values(
        **{**dict(row), "seq": row["seq"] + 1000, "ordinal": row["ordinal"] + 1000}
    ),
}


@pytest.mark.parametrize("alteration", sorted(ALTERATIONS))
def test_every_altered_line_is_found(busy: Office, alteration: str) -> None:
    with busy.database.read() as store:
        seqs = [entry.seq for entry in store.journal.all(busy.site)]
    _alter(ALTERATIONS[alteration], busy, random.Random(alteration).choice(seqs))
    assert _verify(busy).flaws


def test_a_whole_issue_cut_out_is_found(busy: Office) -> None:
    with busy.database.begin() as store:
        store.connection.execute(sa.delete(tables.journal).where(tables.journal.c.issue == 2))
    assert {flaw.issue for flaw in _verify(busy).flaws} >= {2}


def test_an_insider_who_recomputes_the_chain_still_lacks_the_seal(busy: Office) -> None:
    """Rewriting hashes, heads and digests is possible in the database; the key is not in it."""
    with busy.database.begin() as store:
        store.connection.execute(sa.update(tables.checkpoint).values(seal="0" * 64))
    assert len(_verify(busy).flaws) == 2
    assert _verify(busy).flaws[0].what.endswith("a seal that is not ours")


def test_another_key_verifies_nothing(busy: Office) -> None:
    with busy.database.read() as store:
        assert sealing.verify(store, site=busy.site, key=b"wrong").flaws
