"""One server process: uvicorn, which ends its streams before it ends itself."""

from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI

from api.runtime import Runtime
from api.stream_wire import Protocol

log = structlog.get_logger(__name__)

#: Requests that are under way when the process is told to stop may take so many seconds.
_PATIENCE = 10


class Server(uvicorn.Server):
    """On SIGTERM and SIGINT the consoles' streams end at once; they come back to whoever serves."""

    def __init__(self, app: FastAPI, *, host: str, port: int) -> None:
        """Serve ``app``; port 0 takes any that is free."""
        runtime = app.state.runtime
        assert isinstance(runtime, Runtime)
        self._hub = runtime.hub
        self._wanting = runtime.wanting
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                http=Protocol,
                access_log=False,
                server_header=False,
                date_header=True,
                log_level="warning",
                timeout_graceful_shutdown=_PATIENCE,
                timeout_keep_alive=30,
                h11_max_incomplete_event_size=64 * 1024,
                backlog=2048,
                ws="none",
            )
        )

    @property
    def port(self) -> int:
        """Return the port that is served; asked once the server has started."""
        return int(self.servers[0].sockets[0].getsockname()[1])

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """Let go of the streams, then finish what is under way; told twice, end at once.

        Unlike uvicorn's own, the signal is not raised again: the database must still be closed.
        """
        log.info("told to stop", signal=sig)
        self._hub.stop()
        self._wanting.stop()
        self.force_exit = self.should_exit
        self.should_exit = True
