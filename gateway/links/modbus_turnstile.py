"""Fresh connections one after the other, so that a street of hosts that reboot is not stormed."""

import asyncio


class Turnstile:
    """Lets so many through in a second; whoever waits here delays nobody but himself."""

    def __init__(self, *, per_second: float) -> None:
        """Let ``per_second`` through."""
        self._apart = 1.0 / per_second
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for a turn."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next)
        self._next = turn + self._apart
        if turn > now:
            await asyncio.sleep(turn - now)
