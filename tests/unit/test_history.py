"""The demonstration's past is lived through by the services: numbers to look at, and no flaw."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import sealing
from core.facts.alert import AlertState
from core.facts.month import MonthCode, Panel
from core.facts.rules import Rules
from core.roster import service as roster
from core.statistics import reading
from core.store.database import Database
from core.verification import service as verification
from front import history
from gateway.site import read

ROOT = Path(__file__).parents[2]
#: Two months are lived through before the first test: half a minute, and more where others work.
pytestmark = pytest.mark.timeout(600)
UNTIL = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("history")
    database = Database.open(f"sqlite:///{folder / 'store.sqlite'}", rules=rules)
    database.migrate()
    wiring = read(ROOT / "deploy" / "site.example.toml")
    with database.begin() as store:
        store.sites.seed(wiring.site)
        store.people.seed(wiring.site.code, wiring.units.values(), wiring.people.values())
    assert not history.told(database, site=wiring.site.code)
    assert history.tell(database, site=wiring.site.code, until=UNTIL) > 200
    yield database
    database.close()


def test_the_months_have_something_to_show(lived: Database) -> None:
    with lived.begin() as store:
        (site,) = store.sites.codes()
        october = reading.shown(store, site=site, month=MonthCode("2026-10")).whole
        closed = store.closed_months.closed(site, [MonthCode("2026-10")])

    assert closed
    assert october.found_first is not None
    assert 0.4 < october.found_first < 0.8
    assert october.repeat_rate is not None
    assert 0 < october.repeat_rate < 0.7


def test_nothing_of_it_is_put_in_by_hand(lived: Database) -> None:
    with lived.read() as store:
        (site,) = store.sites.codes()
        verified = sealing.verify(store, site=site, key=b"x" * 32)

    assert verified.entries > 1000
    assert verified.flaws == ()
    assert history.told(lived, site=site)


def test_a_storm_was_called_over_and_a_power_cut_explained_its_silences(lived: Database) -> None:
    with lived.read() as store:
        (site,) = store.sites.codes()
        (storm,) = store.storms.page(site, limit=9, before=None)
        roll = store.storms.roll(site, storm.number, limit=9_999)
        entries = store.journal.after(site, 0, limit=99_999, kinds={"put_under", "stands_alone"})
        standing = store.reports.standing(
            site, {one.device.code for one in store.sites.devices(site)}
        )

    assert storm.events > 300
    assert storm.ended_at is not None
    assert all(line.ticked_at is not None for line in roll)
    assert len({line.device for line in roll}) == 18
    assert [entry.kind for entry in entries] == ["put_under"] * 4  # building 3: a camera as well
    assert standing == []  # all came back before the demonstration opens


def test_somebody_is_on_duty_at_each_post_today(lived: Database) -> None:
    with lived.read() as store:
        (site,) = store.sites.codes()
        posts = {post.code for post in store.roster.posts(site)}
        on_duty = roster.on_duty(store, site=site, at=UNTIL)

    assert {one.post for one in on_duty} | {"service-desk", "engineering"} == posts
    assert len({one.person for one in on_duty}) == len(on_duty)


def test_the_recordings_are_looked_at_in_time(lived: Database) -> None:
    with lived.read() as store:
        (site,) = store.sites.codes()
        waiting = verification.queue(store, site=site, limit=50)

    assert waiting
    assert all(UNTIL - review.handled_at < timedelta(days=7) for review in waiting)


def test_who_is_called_mostly_comes_and_mostly_knows_of_his_copies(lived: Database) -> None:
    with lived.read() as store:
        (site,) = store.sites.codes()
        people = [one.code for one in store.people.all(site)]
        called = [a for one in people for a in store.alerts.of_person(site, one, limit=500)]
        copied = [c for one in people for c in store.copies.of_person(site, one, limit=500)]

    unanswered = sum(one.state is AlertState.UNANSWERED for one in called)
    assert 0 < unanswered < 0.25 * len(called)
    assert sum(one.overdue_at is not None for one in copied) < 0.25 * len(copied)


def test_somebody_answers_for_each_panel_and_went_through_it(lived: Database) -> None:
    with lived.read() as store:
        (site,) = store.sites.codes()
        panels = store.panels.all(site)

    assert len(panels) == len(Panel)
    assert all(one.owner is not None for one in panels)
    assert all(
        one.reviewed_at is not None and UNTIL - one.reviewed_at < timedelta(days=7)
        for one in panels
    )
