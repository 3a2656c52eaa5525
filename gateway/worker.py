"""A part of the gateway that runs in a thread of its own until it is told to stop."""

import threading
from collections.abc import Callable
from datetime import datetime


class Worker:
    """Runs ``work`` in a thread. The supervisor sees whether it still does, and why not."""

    def __init__(
        self,
        name: str,
        work: Callable[[threading.Event], None],
        *,
        wake: Callable[[], None],
        patience: float = 1.0,
    ) -> None:
        """Begin at once. ``wake`` rouses the work when it shall stop, ``patience`` seconds long."""
        self._stopping = threading.Event()
        self._wake = wake
        self._patience = patience
        self.ended: str | None = None
        self._thread = threading.Thread(target=work, args=(self._stopping,), name=name, daemon=True)
        self._thread.start()

    def alive(self, now: datetime) -> bool:
        """Whether the thread works; it is no socket, so ``now`` tells nothing."""
        del now
        return self._thread.is_alive()

    def stop(self) -> None:
        """Tell it to stop, and wait for it as long as patience lasts."""
        self._stopping.set()
        self._wake()
        self._thread.join(self._patience)
