"""One line: a socket or serial port with its units, polled one after the other."""

import asyncio
from collections.abc import Callable, Sequence

from gateway.fire_phone.scan import Ask, Failed, Failure
from gateway.links.modbus_client import Client
from gateway.links.modbus_outbox import Outbox
from gateway.links.modbus_plan import LinePlan
from gateway.links.modbus_scan import BlockMemory, Group, groups
from gateway.links.modbus_turnstile import Turnstile
from gateway.links.modbus_unit import LEAST, MOST, Unit
from gateway.pause import Pause

#: Units that share a line with a silent one keep three quarters of its time; yet nobody is
#: forgotten for longer than this, seconds.
_SHARE, _FORGOTTEN = 3.0, 10.0
#: A block that the host does not have is not asked for again for so long, seconds.
_REFUSED = 2.0
#: Two reads that should agree are tried so often before the scan is given up.
_TRIES = 4
_NOT_SEEN_AGAIN = "a change that a second read did not show"
#: Functions, addresses and values that the host says it does not have.
_NOT_THERE = {1, 2, 3}
#: It will do later, says the host (exceptions 5 and 6).
_BUSY = {5, 6}


class Line:
    """Polls the units of one line for ever."""

    def __init__(
        self,
        plan: LinePlan,
        *,
        outbox: Outbox,
        turnstile: Turnstile,
        note: Callable[[str, str], None],
    ) -> None:
        """Poll what ``plan`` says into ``outbox``."""
        self._plan = plan
        self._outbox = outbox
        self._note = note
        self._client = Client(plan.address, timeout=plan.timeout, turnstile=turnstile)
        self._units = [
            Unit(number, groups([ask for ask in plan.asks if ask.unit == number], plan.max_gap))
            for number in dict.fromkeys(ask.unit for ask in plan.asks)
        ]
        self._blocks = {ask.topic: BlockMemory(ask) for ask in plan.asks}
        self._unreachable = Pause(least=LEAST, most=MOST)

    @property
    def name(self) -> str:
        """The line, as one would say it."""
        return ":".join(str(one) for one in self._plan.address.line)

    def forget(self) -> None:
        """Tell everything anew at the next scan."""
        for block in self._blocks.values():
            block.forget()

    async def run(self, *, after: float) -> None:
        """Poll until cancelled."""
        loop = asyncio.get_running_loop()
        try:
            await asyncio.sleep(after)
            due = loop.time()
            while True:
                await self._scan()
                self._outbox.flush()
                due = max(due + self._plan.period, loop.time())
                await asyncio.sleep(due - loop.time())
        finally:
            self._client.close()

    async def _scan(self) -> None:
        """Read every unit that is not resting once."""
        now = asyncio.get_running_loop().time()
        for unit in self._units:
            if unit.rests_until > now:
                continue
            if not self._client.connected and not await self._connect():
                return
            await self._scan_unit(unit)

    async def _connect(self) -> bool:
        if await self._client.connect():
            self._unreachable.reset()
            return True
        for unit in self._units:
            self._fail(unit, Failed(why=Failure.UNREACHABLE))
        await asyncio.sleep(self._unreachable.seconds())
        return False

    async def _scan_unit(self, unit: Unit) -> None:
        began = asyncio.get_running_loop().time()
        heard = unit.is_silent and self._plan.confirm
        if heard and not await self._is_back(unit):
            return self._rest(unit, began)
        for group in tuple(unit.groups):
            if group.rests_until > began:
                continue
            if not self._client.connected and not await self._connect():
                return None
            failed = await self._scan_group(unit, group)
            if failed is not None and failed.silent:
                if not heard or failed.why is not Failure.TIMEOUT:
                    self._fail(unit, failed)
                    return self._rest(unit, began)
                failed = Failed(why=Failure.UNANSWERED)
            heard = True
            if failed is not None:
                self._refused(unit, group, failed)
        return unit.answered()

    async def _is_back(self, unit: Unit) -> bool:
        """Ask a silent unit for one value only, and wait no longer than it usually took.

        Not where reading clears what is read: there the first read is the one that counts.
        """
        ask = unit.groups[0].asks[0]
        await asyncio.sleep(self._plan.gap)
        within = unit.patience(self._plan.timeout)
        found = await self._client.read(unit.number, ask.table, ask.address, 1, within=within)
        if isinstance(found, Failed) and found.silent:
            self._fail(unit, found)
            return False
        return True

    def _rest(self, unit: Unit, began: float) -> None:
        """Leave a unit alone; where it shares the line, so long that the others hardly notice."""
        now = asyncio.get_running_loop().time()
        least = 0.0
        if len(self._units) > 1:
            silent = 1 + sum(one.is_silent for one in self._units if one is not unit)
            least = min(_FORGOTTEN, _SHARE * silent * (now - began))
        unit.rest(now, least)

    async def _scan_group(self, unit: Unit, group: Group) -> Failed | None:
        """Read blocks that lie together, again where they have changed, until two reads agree."""
        before: Sequence[int] | None = None
        for _ in range(_TRIES):
            if self._plan.gap:
                await asyncio.sleep(self._plan.gap)
            asked_at = asyncio.get_running_loop().time()
            read = await self._client.read(unit.number, group.table, group.address, group.count)
            if isinstance(read, Failed):
                return read
            unit.took(asyncio.get_running_loop().time() - asked_at)
            if not self._is_news(group, read) or not self._plan.confirm:
                if before is not None:
                    self._note("modbus", _NOT_SEEN_AGAIN)
                before = read
                break
            if before is not None and group.agree(before, read):
                break
            before = read
        else:
            return self._unsteady(group)
        group.proved = True
        group.unsteady = group.unanswered = 0
        self._tell(group, before)
        return None

    def _is_news(self, group: Group, read: Sequence[int]) -> bool:
        if group.last == read:
            return False
        return any(self._blocks[one.topic].differs(group.part(one, read)) for one in group.asks)

    def _tell(self, group: Group, read: Sequence[int]) -> None:
        now = asyncio.get_running_loop().time()
        unchanged = group.last == read
        group.last = read
        for ask in group.asks:
            block = self._blocks[ask.topic]
            if unchanged and not block.due(now):
                continue
            payload = block.news(group.part(ask, read), now)
            if payload is not None:
                self._outbox.put(ask.topic, payload)

    def _unsteady(self, group: Group) -> Failed | None:
        """Give up a scan in which no two reads agreed; for ever is a fault of the block."""
        self._note("modbus", _NOT_SEEN_AGAIN)
        group.unsteady += 1
        return Failed(why=Failure.UNSTEADY) if group.unsteady > 20 else None

    def _refused(self, unit: Unit, group: Group, failed: Failed) -> None:
        """Mark a group that was refused; of several blocks each is asked alone from now on."""
        group.last = None
        doubted = not group.proved and failed.code not in _BUSY
        if len(group.asks) > 1 and (doubted or failed.code in _NOT_THERE):
            unit.split(group)
            return
        now = asyncio.get_running_loop().time()
        if failed.code in _NOT_THERE:
            group.rests_until = now + _REFUSED
        elif failed.why is Failure.UNANSWERED:
            group.unanswered += 1
            group.rests_until = now + min(_REFUSED, LEAST * group.unanswered)
        if failed.why is Failure.GARBAGE:
            self._client.close()
        self._note("modbus", f"block not read: {failed}")
        self._mark(group.asks, failed)

    def _fail(self, unit: Unit, failed: Failed) -> None:
        self._note("modbus", f"unit not read: {failed}")
        for group in unit.groups:
            group.last = None
            self._mark(group.asks, failed)

    def _mark(self, asks: Sequence[Ask], failed: Failed) -> None:
        now = asyncio.get_running_loop().time()
        for ask in asks:
            payload = self._blocks[ask.topic].failed(failed, now)
            if payload is not None:
                self._outbox.put(ask.topic, payload)
