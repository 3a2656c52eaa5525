"""The events that are measured: presses of native stations, each a call of its own."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from tests.prove.wiring import SITE, station


def press(number: int, *, run: str, stations: int) -> tuple[str, Mapping[str, object]]:
    """Return the topic and the CloudEvent of one press, as a station tells it."""
    code = station(number % stations + 1)
    return f"shouwen/{SITE}/{code}/event", {
        "specversion": "1.0",
        "id": f"{code}-{run}-{number:07d}",
        "source": f"/{SITE}/access_control/{code}",
        "type": "intercom.ringing",
        "time": now().isoformat(timespec="milliseconds"),
        "subject": "9901",
        "call": f"{code}-{run}-c{number}",
        "datacontenttype": "application/json",
        "data": {"panel": "front", "firmware": "2.4.1", "picture": True},
    }


def payloads(many: int, *, run: str, stations: int) -> Iterator[tuple[str, bytes]]:
    """Return topics and payloads of so many presses."""
    for number in range(many):
        topic, document = press(number, run=run, stations=stations)
        yield topic, json.dumps(document, separators=(",", ":")).encode()


def now() -> datetime:
    """Read the clock: a benchmark is a shell."""
    return datetime.now(UTC)  # noqa: TID251 - what is measured happens now
