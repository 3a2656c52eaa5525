"""Writing what has been reckoned while the next is being reckoned.

PostgreSQL is another process: while it takes rows in, nothing hinders this one from going on. In
a storm of steps that is a quarter of the time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import Connection

Write = Callable[[], None]


@contextmanager
def behind(connection: Connection) -> Iterator[Callable[[Write], None]]:
    """Give a function that lets writes be done in their order, all of them before this ends.

    The connection belongs to the writes until then: nothing else may be asked of it. After one
    that failed none is tried. SQLite works in this process: there each is done at once.

    :raises Exception: whatever the first write raised that failed.
    """
    if connection.dialect.name != "postgresql":
        yield lambda write: write()
        return
    failed: list[Exception] = []

    def unless_failed(write: Write) -> None:
        if not failed:
            try:
                write()
            except Exception as problem:  # noqa: BLE001 - whatever it is, it is raised below
                failed.append(problem)

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="behind") as thread:
        yield lambda write: _given(thread.submit(unless_failed, write))
    if failed:
        raise failed[0]


def _given(_future: Future[None]) -> None:
    """Say nothing of it: the thread is waited for as a whole."""
