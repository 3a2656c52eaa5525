"""Whether the centre says truly how it is, and what its clocks do."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.clock import DemoClock
from api.settings import Settings
from core import rules, sealing
from core.facts.device import EventType, SiteCode
from core.facts.people import Role
from core.facts.rules import Rules
from core.store.database import Database
from tests.api.running import Centre, HandClock, wait_until


def test_a_well_centre_is_alive_and_ready(centre: Centre) -> None:
    browser = centre.anybody()

    assert browser.get("/healthz").json() == {"status": "ok"}
    wait_until(lambda: browser.get("/readyz").status_code == 200)
    assert browser.get("/readyz").json() == {"status": "ok", "troubles": []}


def test_a_standing_ticker_or_auditor_is_told(database: Database) -> None:
    clock = HandClock()
    centre = Centre.start(database, clock=clock)
    browser = centre.anybody()
    wait_until(lambda: browser.get("/readyz").status_code == 200)

    clock.forward(hours=1)  # their last signs are an hour old now

    answer = browser.get("/readyz")
    centre.stop()
    assert answer.status_code == 503
    assert "the auditor gives no sign of life" in answer.json()["troubles"]


def test_a_missing_migration_is_told(tmp_path: Path, rules: Rules) -> None:
    file = tmp_path / "store.sqlite"
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    centre = Centre.start(database)
    wait_until(lambda: centre.anybody().get("/readyz").status_code == 200)

    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'older'")
    connection.close()

    answer = centre.anybody().get("/readyz")
    centre.stop()
    database.close()
    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["a migration is missing"]


def test_the_numbers_count_what_happened(centre: Centre) -> None:
    event = centre.event(call="call-1")
    centre.delivers(event)
    centre.delivers(event)
    centre.gateway().post("/api/v1/device-events", content=b'[{"id": "bad"}]')

    said = centre.anybody().get("/metrics").text

    assert 'shouwen_events_received_total{site="garden"} 3.0' in said
    assert 'shouwen_events_stored_total{site="garden"} 1.0' in said
    assert 'shouwen_events_absorbed_total{site="garden"} 1.0' in said
    assert 'shouwen_events_refused_total{site="garden"} 1.0' in said
    assert 'shouwen_reports_opened_total{site="garden"} 1.0' in said
    assert 'shouwen_queue_reports{site="garden"} 1.0' in said
    assert 'route="/api/v1/device-events"' in said
    assert "call-1" not in said


def test_a_demonstrations_clock_moves_what_gateways_say(tmp_path: Path) -> None:
    speed = 600.0
    database = Database.open(
        f"sqlite:///{tmp_path / 'store.sqlite'}", rules=rules.rules(speed=speed)
    )
    database.migrate()
    begins = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    clock = DemoClock.starting(civil_epoch=begins, speed=speed)
    centre = Centre.start(database, clock=clock)
    real = datetime.now(UTC)  # noqa: TID251 - devices go by the real clock
    centre.office.now = real
    event = centre.office.event(EventType.HELP_PRESSED)

    answer = centre.delivers(event)

    assert answer.json()["stored"] == 1, answer.text
    operator = centre.as_(Role.OPERATOR)
    report = operator.get("/api/v1/queue").json()["items"][0]
    told = datetime.fromisoformat(report["told_at"])
    assert told == clock.at(real)
    assert begins < told < begins + timedelta(days=1)
    # A claim lasts as long for the person who holds it as it would in earnest.
    held = operator.post(f"/api/v1/reports/{report['number']}/claim").json()
    lasts = datetime.fromisoformat(held["claim"]["until"]) - clock.now()
    assert lasts > timedelta(seconds=20 * speed)
    said = operator.get("/api/v1/session").json()["clock"]
    assert (said["speed"], said["demo"]) == (speed, True)
    centre.stop()
    database.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_ticker_fires_what_falls_due_by_time_alone(database: Database) -> None:
    clock = HandClock()
    centre = Centre.start(database, clock=clock)
    _, issue = centre.forwarded()
    supervisor = centre.as_(Role.GENERAL_GROUP_SUPERVISOR)
    assert supervisor.get("/api/v1/notices").json()["items"] == []

    clock.forward(days=2)

    fresh = centre.as_(Role.GENERAL_GROUP_SUPERVISOR)
    wait_until(lambda: fresh.get("/api/v1/notices").json()["items"])
    assert fresh.get("/api/v1/notices").json()["items"][0]["issue"] == issue
    centre.stop()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_journal_is_sealed_while_the_centre_runs(database: Database) -> None:
    key = b"k" * 32
    often = timedelta(seconds=0.1)
    settings = Settings(seal_key=key, seal_every=often, auditor_every=often)
    centre = Centre.start(database, settings=settings)
    centre.ring()

    def sealed() -> int:
        with database.read() as store:
            return sealing.verify(store, site=SiteCode("garden"), key=key).checkpoints

    wait_until(sealed)
    centre.stop()
    with database.read() as store:
        assert sealing.verify(store, site=SiteCode("garden"), key=key).flaws == ()


def test_a_failing_store_is_told_apart_from_a_bad_request(tmp_path: Path, rules: Rules) -> None:
    file = tmp_path / "store.sqlite"
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    centre = Centre.start(database)
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE device_event RENAME TO gone")
    connection.close()

    answer = centre.delivers(centre.event())

    centre.stop()
    database.close()
    assert answer.status_code == 503
    assert answer.json()["error"] == "store_failed"
    assert "gone" not in answer.text
