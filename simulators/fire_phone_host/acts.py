"""The acts of a host as methods, for whoever plays with one by hand or from a test."""

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from typing import Self

from simulators.action import Act, Action, Value
from simulators.fire_phone_host.host import BOOTS_IN


class OwnLoop(ABC):
    """Something on a loop and thread of its own, from ``with`` to the end of ``with``.

    Acts may come from any thread; each has happened when its method returns.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fire-phone-host")

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._run(self._begin())
        except OSError:
            self._end_loop()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self._run(self._end())
        self._end_loop()

    def perform(self, action: Action) -> None:
        """Let it happen.

        :raises ValueError: there is no such extension, or this cannot happen to a host.
        """
        self._run(self._perform(action))

    @abstractmethod
    async def _begin(self) -> None: ...

    @abstractmethod
    async def _end(self) -> None: ...

    @abstractmethod
    async def _perform(self, action: Action) -> None: ...

    def _run(self, work: Coroutine[object, object, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # ---- acts by name --------------------------------------------------------------------------

    def lift(self, extension: int) -> None:
        """Take a handset off its hook."""
        self.perform(_act(Act.LIFT, extension=extension))

    def take(self, extension: int) -> None:
        """Answer at the host."""
        self.perform(_act(Act.TAKE, extension=extension))

    def hang_up(self, extension: int) -> None:
        """Put a handset back."""
        self.perform(_act(Act.HANG_UP, extension=extension))

    def cut_line(self, extension: int) -> None:
        """Open the line to a handset."""
        self.perform(_act(Act.CUT_LINE, extension=extension))

    def short_line(self, extension: int) -> None:
        """Short the line to a handset."""
        self.perform(_act(Act.SHORT_LINE, extension=extension))

    def mend_line(self, extension: int) -> None:
        """Mend the line to a handset."""
        self.perform(_act(Act.MEND_LINE, extension=extension))

    def power(self, *, mains: bool = True, battery: bool = True) -> None:
        """Set whether mains and battery are good."""
        self.perform(_act(Act.MAINS_BACK if mains else Act.LOSE_MAINS))
        self.perform(_act(Act.BATTERY_BACK if battery else Act.BATTERY_FAULT))

    def mute(self) -> None:
        """Answer nothing; connections stay as they are."""
        self.perform(_act(Act.SILENCE))

    def speak(self) -> None:
        """Answer again."""
        self.perform(_act(Act.BACK))

    def slow(self, seconds: float) -> None:
        """Wait so long before each answer."""
        self.perform(_act(Act.SLOW, seconds=seconds))

    def garbled(self, share: float) -> None:
        """Change one byte in this share of answers."""
        self.perform(_act(Act.GARBLED, share=share))

    def duplicate_unit(self) -> None:
        """Put another host of the same number, at rest, on the line."""
        self.perform(_act(Act.DUPLICATE_UNIT))

    def shifted_map(self, by: int) -> None:
        """Move all registers so many addresses on."""
        self.perform(_act(Act.SHIFTED_MAP, by=by))

    def sound(self) -> None:
        """End slowness, garbling, twin and shift."""
        self.perform(_act(Act.SOUND))

    def reboot(self, down_for: float = BOOTS_IN) -> None:
        """Break all connections at once, and begin again from nothing after a while."""
        self.perform(Action(act=Act.REBOOT, values={"for": down_for}))


def _act(act: Act, **values: Value) -> Action:
    return Action(act=act, values=values)
