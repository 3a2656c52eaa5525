"""A camera on the loopback and ways to look through it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from gateway.links.camera_log_in import Credentials
from simulators.camera.camera import Camera
from simulators.camera.http import CameraServer
from simulators.camera.scene import Place


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the test is the shell


@pytest.fixture
def who() -> Credentials:
    return Credentials(username="viewer", password="word with blanks")


@pytest.fixture
def camera() -> Camera:
    return Camera(
        place=Place(seed=2, width=320, height=180), username="viewer", password="word with blanks"
    )


@pytest.fixture
def server(camera: Camera) -> Iterator[CameraServer]:
    server = CameraServer({"gate": camera})
    server.start()
    yield server
    server.stop()
