"""Sketches of open issues: walked as if one by one, and kept in step with what others write."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st

from core.facts.catalogue import CategoryCode
from core.facts.issue import IssueNumber
from core.facts.place import PlaceCode
from core.facts.repeat import Sketch
from core.repeats import policy
from core.repeats import service as repeats
from core.store.database import MIGRATIONS, Database
from core.store.sketchbook import MANY, Shelf, empty
from tests.office import SITE, Office

LAMP = Sketch(bits=policy.bits("三栋门口的路灯一直不亮"))
WATER = Sketch(bits=policy.bits("电梯口有积水"))
_BITS = st.integers(0, 2**128 - 1)


def nearest(database: Database, sketch: Sketch, limit: int = 9) -> list[int]:
    with database.read() as store:
        return list(store.sketches.nearest(SITE, sketch, limit=limit))


def keep(database: Database, said: Mapping[int, Sketch | None]) -> None:
    with database.begin() as store:
        store.sketches.keep(SITE, {IssueNumber(one): sketch for one, sketch in said.items()})


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(0, 3 * MANY - 1), _BITS, max_size=40),
    _BITS,
    st.integers(min_value=1, max_value=20),
)
def test_the_nearest_are_those_with_most_bits_in_common(
    kept: dict[int, int], asked: int, limit: int
) -> None:
    shelf = Shelf()
    for part in {number // MANY for number in kept}:
        rows = empty(MANY)
        for number, bits in kept.items():
            if number // MANY == part:
                rows["low"][number % MANY] = bits % 2**64
                rows["high"][number % MANY] = bits >> 64
        shelf.put(part, rows)
    question = empty()[0]
    question["low"], question["high"] = asked % 2**64, asked >> 64

    def alike(bits: int) -> float:
        both = asked.bit_count() + bits.bit_count()
        return float(np.float32(2 * (asked & bits).bit_count()) / np.float32(max(both, 1)))

    best = sorted((alike(bits) for bits in kept.values() if bits & asked), reverse=True)
    found = shelf.nearest(question, limit=limit)
    assert [alike(kept[number]) for number in found] == best[:limit]


def test_more_than_one_step_of_sketches_is_walked() -> None:
    shelf = Shelf()
    rows = empty(MANY)
    rows["low"] = 1
    for part in range(1_100):
        shelf.put(part, rows)
    rows["low"][7] = 3
    shelf.put(1_050, rows)
    question = empty()[0]
    question["low"] = 3

    assert shelf.nearest(question, limit=5)[0] == 1_050 * MANY + 7


def test_among_very_many_the_nearest_is_found_though_most_are_passed_over() -> None:
    dice = np.random.default_rng(20261129)
    shelf, told = Shelf(), {}
    for part in range(400):
        rows = empty(MANY)
        for half in ("low", "high"):
            rows[half] = dice.integers(0, 2**63, MANY) & dice.integers(0, 2**63, MANY)
        shelf.put(part, rows)
        told[part] = rows
    for part in (3, 250, 399):
        question = told[part][9].copy()
        question["low"] &= np.uint64(2**60 - 1)  # somebody left some characters out

        assert shelf.nearest(question, limit=5)[0] == part * MANY + 9


def test_what_others_write_is_seen_with_the_next_question(office: Office) -> None:
    database = office.database
    keep(database, {7: LAMP, 900: WATER})
    assert nearest(database, LAMP)[0] == 7

    keep(database, {7: None, 901: LAMP, 8: None})
    assert nearest(database, LAMP)[0] == 901

    keep(database, {900: None, 901: None})
    assert nearest(database, LAMP) == nearest(database, WATER) == []

    keep(database, {901: WATER})  # in the place that has become free
    assert nearest(database, WATER) == [901]


def test_what_was_undone_is_found_by_nobody(office: Office) -> None:
    keep(office.database, {7: WATER})
    with office.database.begin() as store:
        store.sketches.keep(SITE, {IssueNumber(8): LAMP})
        assert store.sketches.nearest(SITE, LAMP, limit=1) == [8]
        store.connection.rollback()
    keep(office.database, {9: LAMP})

    assert nearest(office.database, LAMP, 1) == [9]
    assert 8 not in nearest(office.database, LAMP)


def test_the_same_place_and_category_seem_nearer(office: Office) -> None:
    here, lamp = PlaceCode("3-2"), CategoryCode("street_lamp")
    keep(
        office.database,
        {1: LAMP, 2: replace(LAMP, place=here), 3: replace(LAMP, category=lamp)}
        | {4: replace(LAMP, place=here, category=lamp), 5: replace(WATER, place=here)},
    )

    assert nearest(office.database, LAMP, 4) == [4, 3, 2, 1]  # nothing named: the newest first
    asked = replace(LAMP, place=here, category=lamp)
    assert nearest(office.database, asked, 4) == [4, 2, 3, 1]


def test_what_was_open_before_sketches_is_found_after_migrating(office: Office) -> None:
    lamp = office.accepted(words="三栋门口的路灯一直不亮", category="street_lamp")
    office.handled(office.accepted(words="门口路灯不亮", category="street_lamp"))
    office.tick()
    with office.database.begin() as store:
        query = sa.text("SELECT part, kept FROM issue_sketch ORDER BY part")
        before = [(row[0], bytes(row[1])) for row in store.connection.execute(query)]
        url = store.connection.engine.url
    engine = sa.create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    for step, to in ((command.downgrade, "0020"), (command.upgrade, "head")):
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, to)
    with engine.begin() as connection:
        after = [(row[0], bytes(row[1])) for row in connection.execute(query)]
    engine.dispose()

    assert before == after != []
    with office.database.read() as store:
        found = repeats.similar(store, site=SITE, text="门口路灯不亮")
    assert [one.issue.number for one in found] == [lamp]
