"""How much an operator's browser loads before it shows the queue."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

DIST = Path(__file__).parents[2] / "api" / "console" / "dist"
MANIFEST = DIST / "assets" / "manifest.json"
#: Bytes, compressed (issue 6, "Speed").
MOST = 350_000


def _loaded_first() -> dict[str, Path]:
    """The entry, and everything it imports before it runs."""
    if not MANIFEST.exists():
        pytest.skip("the console is not built")
    manifest: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))
    waiting, found = ["index.html"], {"index.html": DIST / "index.html"}
    while waiting:
        chunk = manifest[waiting.pop()]
        for file in (chunk["file"], *chunk.get("css", [])):
            found[file] = DIST / file
        waiting += [one for one in chunk.get("imports", []) if manifest[one]["file"] not in found]
    return found


def test_the_queue_is_loaded_with_350_kilobytes_at_most() -> None:
    weighed = {
        name: len(gzip.compress(file.read_bytes(), 6)) for name, file in _loaded_first().items()
    }

    assert any(name.endswith(".js") for name in weighed)
    assert any(name.endswith(".css") for name in weighed)
    assert sum(weighed.values()) <= MOST, weighed
