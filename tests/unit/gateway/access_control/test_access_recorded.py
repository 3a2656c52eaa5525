"""Messages as real products send them, and what each must mean: ``tests/recorded``."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gateway.access_control.profile import load, names
from gateway.decode import decode, messages_from_jsonl

RECORDED = Path(__file__).parents[3] / "recorded" / "access_control"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def readings(profile: str) -> list[str]:
    """Return "verdict type call flags" of each message; calls are numbered as they come."""
    lines = (RECORDED / f"{profile}.jsonl").read_text(encoding="utf-8").splitlines()
    messages = messages_from_jsonl(lines, now=NOW)
    calls: dict[str, str] = {}
    found = []
    for line in decode(messages, profile=load(profile), zone=ZoneInfo("Asia/Shanghai")):
        reading = json.loads(line)
        event, key = reading["event"] or {}, reading["call"]
        call = calls.setdefault(key, f"call-{len(calls) + 1}") if key else "-"
        flags = [flag for flag in ("timeestimated", "late", "stale") if event.get(flag)]
        found.append(" ".join([reading["verdict"], event.get("type", "-"), call, *flags]))
    return found


@pytest.mark.parametrize("profile", names())
def test_recorded_messages_mean_what_they_must(profile: str) -> None:
    expected = (RECORDED / f"{profile}.readings").read_text(encoding="utf-8").splitlines()

    assert readings(profile) == expected
