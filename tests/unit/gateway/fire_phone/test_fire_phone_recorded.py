"""Values that the vendors' sheets document, and frames of the standard: ``tests/recorded``."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gateway.decode import decode, messages_from_jsonl
from gateway.fire_phone.profile import load, names

ROOT = Path(__file__).parents[4]
RECORDED = ROOT / "tests" / "recorded" / "fire_phone"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def readings(profile: str) -> list[str]:
    """Return "verdict type subject call …" of each message; calls are numbered as they come."""
    lines = (RECORDED / f"{profile}.jsonl").read_text(encoding="utf-8").splitlines()
    calls: dict[str, str] = {}
    found = []
    for line in decode(
        messages_from_jsonl(lines, now=NOW), profile=load(profile), zone=ZoneInfo("Asia/Shanghai")
    ):
        reading = json.loads(line)
        words = [reading["verdict"]]
        for event in [one for one in [reading["event"], *reading.get("also", [])] if one]:
            call = calls.setdefault(event["call"], f"call-{len(calls) + 1}")
            words += [event["type"], event.get("subject", "-").replace(" ", "_"), call]
        found.append(" ".join(words))
    return found


@pytest.mark.parametrize("profile", names())
def test_recorded_messages_mean_what_they_must(profile: str) -> None:
    expected = (RECORDED / f"{profile}.readings").read_text(encoding="utf-8").splitlines()

    assert readings(profile) == expected


@pytest.mark.parametrize("profile", names())
def test_every_profile_has_its_wire_document(profile: str) -> None:
    page = (ROOT / "docs" / "wire" / f"{profile}.md").read_text(encoding="utf-8")

    assert "## Sources" in page
