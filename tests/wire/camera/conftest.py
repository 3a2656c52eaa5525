"""Cameras and a centre on real sockets."""

from collections.abc import Iterator

import pytest

from simulators.camera.camera import Camera
from simulators.camera.http import CameraServer
from simulators.camera.scene import Place
from tests.wire.camera.picture_centre import PictureCentre


@pytest.fixture
def picture_centre() -> Iterator[PictureCentre]:
    centre = PictureCentre()
    centre.start()
    yield centre
    centre.stop()


@pytest.fixture
def cameras() -> Iterator[CameraServer]:
    """Two cameras on one address, to be told apart by path."""
    server = CameraServer(
        {
            code: Camera(
                place=Place(seed=number, width=320, height=180),
                username="viewer",
                password="秘密 word",
            )
            for number, code in enumerate(("gate", "lobby"))
        }
    )
    server.start()
    yield server
    server.stop()
