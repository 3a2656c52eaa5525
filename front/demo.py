"""The demonstration's site: a copy of the example, with ports that are free on this machine."""

import shutil
from pathlib import Path

from front.data_folder import DataFolder
from front.ports import free_port

#: The example, wired like the simulated building of the same name.
EXAMPLE = Path(__file__).parent.parent / "deploy" / "site.example.toml"
#: Where the example's fire-phone host answers.
FIRE_PHONE_PORT = 15020


def prepare(folder: DataFolder) -> tuple[Path, int]:
    """Copy the example with its profiles below ``folder``; return it and the fire phone's port.

    Two demonstrations may run on one machine, so the port is another where it is taken.
    """
    port = free_port("127.0.0.1", FIRE_PHONE_PORT)
    home = folder.path / "site"
    home.mkdir(parents=True, exist_ok=True)
    for file in EXAMPLE.parent.glob("*.example.toml"):
        shutil.copyfile(file, home / file.name)
    copy = home / EXAMPLE.name
    text = EXAMPLE.read_text("utf-8")
    copy.write_text(text.replace(f":{FIRE_PHONE_PORT}", f":{port}"), encoding="utf-8")
    return copy, port
