"""Real processes that may be killed at any moment and come back as they were."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]


class NotReady(Exception):
    """A process did not come up in time, or ended by itself."""


@dataclass(slots=True, kw_only=True)
class Child:
    """One process. What it prints goes to its log, one file for all its lives."""

    name: str
    command: Sequence[str]
    log: Path
    #: Whether it can do its work by now.
    ready: Callable[[], bool]
    #: The only core it may use; None: any.
    core: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None
    _begins: int = 0

    @property
    def pid(self) -> int:
        """The present life's process id."""
        if self._process is None:
            raise NotReady(f"{self.name} is not running")
        return self._process.pid

    def start(self) -> None:
        """Begin a life; does not wait."""
        with self.log.open("ab") as log:
            self._begins = log.tell()
            self._process = subprocess.Popen(
                list(self.command),
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        if self.core is not None:
            os.sched_setaffinity(self._process.pid, {self.core})

    def wait_until_ready(self, *, within: float = 30.0) -> None:
        """Wait until it can do its work.

        :raises NotReady: it cannot in time, or has ended.
        """
        deadline = time.monotonic() + within
        while not self.ready():
            if self._process is None or self._process.poll() is not None:
                raise NotReady(f"{self.name} ended by itself: {self._last_words()}")
            if time.monotonic() > deadline:
                raise NotReady(f"{self.name} is not up after {within} s: {self._last_words()}")
            time.sleep(0.02)

    def kill(self) -> None:
        """End it by SIGKILL: nothing is finished, nothing is written.

        :raises NotReady: it had ended by itself, which no part of the product may do.
        """
        process = self._process
        if process is None:
            return
        if process.poll() is not None:
            raise NotReady(f"{self.name} ended by itself: {self._last_words()}")
        process.kill()
        process.wait()
        self._process = None

    def stop(self, *, within: float = 15.0) -> None:
        """End it in good order, or by force when it will not."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def wait(self, *, within: float) -> int:
        """Wait for its own end; return its exit code.

        :raises NotReady: it goes on and on.
        """
        if self._process is None:
            raise NotReady(f"{self.name} is not running")
        try:
            return self._process.wait(within)
        except subprocess.TimeoutExpired:
            raise NotReady(f"{self.name} does not end") from None

    @property
    def running(self) -> bool:
        """Whether it lives."""
        return self._process is not None and self._process.poll() is None

    def said(self, words: bytes) -> bool:
        """Whether it has said this in its present life."""
        with self.log.open("rb") as log:
            log.seek(self._begins)
            return words in log.read()

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else "silence"


def free_port() -> int:
    """Return a loopback port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(port: int) -> bool:
    """Whether somebody listens on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(holds: Callable[[], bool], *, within: float, every: float = 0.1) -> bool:
    """Wait until ``holds()``; False when it does not in time."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True
