"""A whole gateway with cameras, in this process or in one of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from gateway import settings, site
from gateway.supervisor import Gateway
from tests.wire.rig import eventually

TOKEN = "token-of-the-test"
SITE = """\
[site]
code = "site"
name = "滨河花园"
zone = "Asia/Shanghai"
[[place]]
code = "gate"
name = "北门"
"""
CAMERA = """\
[[device]]
code = "{code}"
kind = "cctv"
profile = "{profile}"
address = "{address}"
place = "gate"
covers = ["gate"]
username = "viewer"
password_file = "camera.password"
{more}
"""


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the test is the shell


def a_camera(
    code: str, address: str, *, profile: str = "http-snapshot", more: str = "interval_seconds = 1"
) -> str:
    return CAMERA.format(code=code, address=address, profile=profile, more=more)


def write_site(folder: Path, *cameras: str) -> Path:
    (folder / "camera.password").write_text("秘密 word\n", encoding="utf-8")
    file = folder / "site.toml"
    file.write_text(SITE + "".join(cameras), encoding="utf-8")
    return file


@contextmanager
def a_gateway(folder: Path, centre_url: str, *cameras: str) -> Iterator[Gateway]:
    """Run a gateway in this process."""
    file = write_site(folder, *cameras)
    made = settings.of(
        site.read(file),
        data=folder / "data",
        environment={settings.TOKEN_VARIABLE: TOKEN},
        centre_url=centre_url,
    )
    gateway = Gateway(made, clock=now)
    gateway.start()
    try:
        yield gateway
    finally:
        gateway.stop()


@dataclass
class CameraGatewayProcess:
    """``python -m gateway`` with cameras, to be killed."""

    folder: Path
    centre_url: str
    cameras: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return (self.folder / "gateway.log").read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        file = write_site(self.folder, *self.cameras)
        command = [sys.executable, "-m", "gateway", "--site", str(file)]
        command += ["--data", str(self.folder / "data"), "--centre-url", self.centre_url]
        environment = {**os.environ, settings.TOKEN_VARIABLE: TOKEN, **self.environment}
        with (self.folder / "gateway.log").open("ab") as log:
            self._process = subprocess.Popen(command, stderr=log, env=environment)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            assert self._process.wait(60) == 0

    def says(self, text: str, *, within: float = 40.0) -> bool:
        return eventually(lambda: text in self.log, within=within)
