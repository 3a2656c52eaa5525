"""``python -m api`` as a process: it starts from nothing, serves, and ends clean."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from tests.api.running import wait_until


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_process_starts_from_nothing_and_ends_clean(tmp_path: Path) -> None:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "--data", str(tmp_path), "--port", str(port)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )

    def ready() -> bool:
        assert process.poll() is None, process.stderr
        try:
            return httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).is_success
        except httpx.TransportError:
            return False

    wait_until(ready, within=60)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 0, said
    assert b"Traceback" not in said
    assert (tmp_path / "store.sqlite").exists()
    assert not (tmp_path / "store.sqlite-wal").exists()  # the store was closed, not abandoned
