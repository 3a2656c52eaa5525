"""The demonstration's site: a copy of the example, with ports that are free on this machine."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from front.data_folder import DataFolder
from front.ports import free_port

#: The example, wired like the simulated building of the same name.
EXAMPLE = Path(__file__).parent.parent / "deploy" / "site.example.toml"
#: Where the example says that its fire-phone host answers, its cameras show and stream,
#: and the robot of its staff's group takes messages.
FIRE_PHONE_PORT, CAMERA_PORT, RTSP_PORT, MESSENGER_PORT = 15020, 15080, 15554, 15090


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the simulated building can be asked."""

    fire_phone: int
    cameras: int
    rtsp: int
    messengers: int


def prepare(folder: DataFolder) -> tuple[Path, Ports]:
    """Copy the example with its profiles below ``folder``; return it and the building's ports.

    Two demonstrations may start at once on one machine: each gets ports of its own, not those of
    the example, which both would find free until the first one's building listens.
    """
    ports = Ports(
        fire_phone=free_port("127.0.0.1", 0),
        cameras=free_port("127.0.0.1", 0),
        rtsp=free_port("127.0.0.1", 0),
        messengers=free_port("127.0.0.1", 0),
    )
    home = folder.path / "site"
    home.mkdir(parents=True, exist_ok=True)
    for file in EXAMPLE.parent.glob("*.example.*"):
        shutil.copyfile(file, home / file.name)
    copy = home / EXAMPLE.name
    text = EXAMPLE.read_text("utf-8")
    for usual, free in (
        (FIRE_PHONE_PORT, ports.fire_phone),
        (CAMERA_PORT, ports.cameras),
        (RTSP_PORT, ports.rtsp),
        (MESSENGER_PORT, ports.messengers),
    ):
        text = text.replace(f"127.0.0.1:{usual}", f"127.0.0.1:{free}")
    copy.write_text(text, encoding="utf-8")
    return copy, ports
