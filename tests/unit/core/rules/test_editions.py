"""A site's own rules: in versions, seen by every process at once, shipped where there are none."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from core import sealing
from core.errors import NotFound
from core.facts.device import SiteCode
from core.facts.issue import Urgency
from core.facts.journal import PolicyChanged
from core.facts.rules import RuleKind, Rules
from core.store.database import Database
from core.store.journal import THE_SITE
from tests.office import DIRECTOR, SUPERVISOR, Office

POLICY = """
version = 2
[ladder.urgent]
steps = [{ day = 3, to = "director", rule = "五.1(3)②" }]
"""
CALENDAR = '[days]\n"2026-11-23" = "holiday"\n'
CATALOGUE = """
[litter]
name = { zh = "垃圾", en = "Litter" }
urgency = "urgent"
route = "cleaning"
first_actions = { zh = "清理", en = "Clear it" }
"""


def put(office: Office, kind: RuleKind, text: str, *, version: int = 2) -> None:
    with office.database.begin() as store:
        store.journal.lock(office.site)
        store.put_in_force(
            office.site,
            kind=kind,
            version=version,
            text=text,
            by=DIRECTOR,
            reason="试行",
            now=office.now,
        )


def rules_of(office: Office) -> Rules:
    with office.database.read() as store:
        return store.rules_of(office.site)


def test_a_site_without_editions_has_the_rules_as_shipped(office: Office, rules: Rules) -> None:
    assert rules_of(office) is rules


def test_each_kind_is_the_sites_own_and_the_others_stay_shipped(
    office: Office, rules: Rules
) -> None:
    put(office, RuleKind.CATALOGUE, CATALOGUE, version=1)
    own = rules_of(office)
    assert [category.urgency for category in own.catalogue.values()] == [Urgency.URGENT]
    assert own.policy == rules.policy
    assert own.versions == {RuleKind.CATALOGUE: 1}

    put(office, RuleKind.CALENDAR, CALENDAR, version=1)
    own = rules_of(office)
    assert own.calendar is not None
    assert own.calendar.holidays == {date(2026, 11, 23)}
    assert list(own.catalogue) == ["litter"]


def test_the_newest_version_is_in_force_and_older_ones_stay(office: Office) -> None:
    put(office, RuleKind.POLICY, POLICY)
    put(office, RuleKind.POLICY, POLICY.replace("version = 2", "version = 10"), version=10)

    assert rules_of(office).policy.version == 10
    with office.database.read() as store:
        kept = store.editions.all(office.site, RuleKind.POLICY, limit=10)
        assert [edition.version for edition in kept] == [10, 2]
        first = store.editions.find(office.site, RuleKind.POLICY, 2)
        assert (first.text, first.by, first.reason) == (POLICY, DIRECTOR, "试行")
        with pytest.raises(NotFound):
            store.editions.find(office.site, RuleKind.POLICY, 3)


def test_another_process_sees_a_change_with_its_next_unit_of_work(
    office: Office, database_url: str, rules: Rules
) -> None:
    elsewhere = Database.open(database_url, rules=rules)
    try:
        with elsewhere.read() as store:
            before = store.rules_of(office.site)
        put(office, RuleKind.POLICY, POLICY)
        with elsewhere.read() as store:
            after = store.rules_of(office.site)
        with elsewhere.read() as store:
            again = store.rules_of(office.site)
    finally:
        elsewhere.close()
    assert (before.policy.version, after.policy.version) == (1, 2)
    assert again is after  # read once for each change


def test_what_was_rolled_back_was_never_in_force(office: Office) -> None:
    with office.database.begin() as store:
        store.put_in_force(
            office.site,
            kind=RuleKind.POLICY,
            version=2,
            text=POLICY,
            by=None,
            reason="",
            now=office.now,
        )
        assert store.rules_of(office.site).policy.version == 2
        store.connection.rollback()
    assert rules_of(office).policy.version == 1
    put(office, RuleKind.CATALOGUE, CATALOGUE, version=1)
    assert rules_of(office).policy.version == 1


def test_sites_have_rules_of_their_own(office: Office) -> None:
    other = Office(office.database, site=SiteCode("harbour"))
    put(office, RuleKind.POLICY, POLICY)

    mine, theirs = (one.accepted(urgency=Urgency.URGENT) for one in (office, other))
    for _ in range(2):
        office.fast_forward(days=1)
        other.now = office.now
    assert (office.called_in(mine), other.called_in(theirs)) == ([], [SUPERVISOR, DIRECTOR])
    office.fast_forward(days=1)
    assert office.called_in(mine) == [DIRECTOR]


def test_one_probe_in_a_unit_of_work_however_often_they_are_asked(office: Office) -> None:
    put(office, RuleKind.POLICY, POLICY)
    rules_of(office)
    asked: list[str] = []
    with office.database.read() as store:
        sa.event.listen(
            store.connection,
            "before_cursor_execute",
            lambda _c, _cursor, statement, *_more: asked.append(statement),
        )
        for _ in range(5):
            store.rules_of(office.site)
    assert len([one for one in asked if one.startswith("SELECT")]) == 1


def test_entries_about_the_site_are_chained_sealed_and_verified(office: Office) -> None:
    key = b"k" * 32
    with office.database.begin() as store:
        store.journal.lock(office.site)
        for version in (2, 3):
            entry = PolicyChanged(version=version, sha256="0" * 64, reason="试行", moved=0)
            store.journal.append(office.site, THE_SITE, entry, at=office.now, by=DIRECTOR)
        store.journal.extend(office.site, [(THE_SITE, entry)], at=office.now)
        sealing.seal(store, site=office.site, key=key, now=office.now + timedelta(hours=1))
    with office.database.read() as store:
        verified = sealing.verify(store, site=office.site, key=key)
    assert (verified.entries, verified.flaws) == (3, ())

    with office.database.begin() as store:
        store.connection.execute(sa.text("DELETE FROM journal WHERE issue = 0 AND ordinal = 3"))
    with office.database.read() as store:
        assert sealing.verify(store, site=office.site, key=key).flaws
