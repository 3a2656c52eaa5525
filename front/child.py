"""One of our programs as a child process: started, watched, started again, and ended."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

#: A child that dies is started again after so long; the pause grows with each death in a row.
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 15.0
#: A child that lived so long is well again.
_WELL_AFTER = 60.0
#: A child that was asked to end gets so long.
_PATIENCE = 8.0


class Child:
    """A Python module of ours, run by itself."""

    def __init__(
        self, name: str, module: Sequence[str], *, log: Path, environment: Mapping[str, str]
    ) -> None:
        """Run ``python -m <module …>``; what it says goes to ``log``."""
        self.name = name
        self._command = [sys.executable, "-m", *module]
        self._log = log
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = _FIRST_PAUSE
        self._again_at: float | None = None

    def start(self) -> None:
        """Start it now."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own modules
                self._command, stdout=log, stderr=log, env=self._environment
            )
        self._started = time.monotonic()
        self._again_at = None

    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def watch(self) -> None:
        """Start it again if it died; say so once each time."""
        if self.alive():
            return
        now = time.monotonic()
        if self._again_at is None:
            if now - self._started > _WELL_AFTER:
                self._pause = _FIRST_PAUSE
            self._again_at = now + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            code = self._process.returncode if self._process else None
            typer.echo(f"{self.name} ended ({code}), starting it again; see {self._log}", err=True)
        elif now >= self._again_at:
            self.start()

    def stop(self) -> None:
        """Ask it to end, and end it if it does not."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def last_words(self, lines: int = 12) -> str:
        """Return the end of what it said."""
        if not self._log.exists():
            return ""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-lines:])
