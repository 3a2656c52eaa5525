"""Processes of a bench's own, apart from the one that measures: each line is answered with one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parent.parent
#: Seconds that one gets to end.
_ENDING = 20


class Child:
    """A process that answers each line with one line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Speak with it by its stdin and stdout, which are pipes."""
        self._process = process

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def ask(self, words: str = "") -> str:
        """Send a line and return the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        return self.line()

    def line(self) -> str:
        """Return what it says next."""
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def child(
    module: str, *arguments: str, core: int | None = None, quiet: bool = False
) -> Iterator[Child]:
    """Run a module until the end of ``with``; it ends with its stdin.

    :param core: it has this one to itself, where there is such a core.
    :param quiet: what it logs is nobody's.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if quiet else None,
        text=True,
        bufsize=1,
    )
    if core is not None and core < (os.cpu_count() or 1):
        os.sched_setaffinity(process.pid, {core})
    try:
        yield Child(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
