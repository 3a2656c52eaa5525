import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.simulators.real_broker import Ear, Mosquitto, installed


@pytest.fixture
def mosquitto(tmp_path: Path) -> Iterator[Mosquitto]:
    passwords = tmp_path / "passwords"
    passwords.write_text("sim:secret\n")
    subprocess.run([installed("mosquitto_passwd"), "-U", str(passwords)], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = tmp_path / "mosquitto.conf"
    config.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous false\npassword_file {passwords}\n"
        "max_queued_messages 100000\nuser root\n"
    )
    running = Mosquitto(port=port, config=config)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def ear(mosquitto: Mosquitto) -> Iterator[Ear]:
    listening = Ear(mosquitto.broker)
    yield listening
    listening.close()
