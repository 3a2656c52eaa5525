"""Threads that must not end: started again after a fault of ours, which is said aloud."""

import threading
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

#: A part that failed is started again after so many seconds.
_PAUSE = 1.0


def keep(
    name: str, run: Callable[[threading.Event], None], stopping: threading.Event
) -> threading.Thread:
    """Run a part in a thread until ``stopping``; one bad row must not stand everything still.

    The fault itself is reported by ``threading.excepthook``, and the part's missing sign of life
    by ``/readyz``. Return the thread that ends when all is over.
    """

    def again_and_again() -> None:
        while not stopping.is_set():
            part = threading.Thread(target=run, args=(stopping,), name=name, daemon=True)
            part.start()
            part.join()
            if not stopping.is_set():
                log.critical("ended by a fault of ours, starting it again", part=name)
                stopping.wait(_PAUSE)

    keeper = threading.Thread(target=again_and_again, name=f"{name}-keeper", daemon=True)
    keeper.start()
    return keeper
