"""Which blocks are read together, and what of a scan is worth telling."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.fire_phone import scan
from gateway.fire_phone.scan import Ask, Failed, Table

#: A block that does not change is told so often, seconds: it lives.
ALIVE_EVERY = 10.0


@dataclass(slots=True, eq=False)
class Group:
    """Blocks of one table and unit that one request reads."""

    asks: tuple[Ask, ...]
    table: Table
    address: int
    count: int
    #: What was read last and believed.
    last: Sequence[int] | None = None
    #: It was read whole at least once.
    proved: bool = False
    #: How many scans in a row no two reads agreed.
    unsteady: int = 0
    #: How often in a row it was not answered, though the unit answers otherwise.
    unanswered: int = 0
    #: A refused block is left alone until this moment of the loop.
    rests_until: float = 0.0

    @classmethod
    def of(cls, asks: Sequence[Ask]) -> "Group":
        """Return the request for these blocks, which are of one table and unit."""
        start = min(ask.address for ask in asks)
        end = max(ask.address + ask.count for ask in asks)
        return cls(tuple(asks), asks[0].table, start, end - start)

    def part(self, ask: Ask, read: Sequence[int]) -> Sequence[int]:
        """Return what was read of one block, without what does not matter in it."""
        start = ask.address - self.address
        values = read[start : start + ask.count]
        if ask.mask is None:
            return values
        return [value & mask for value, mask in zip(values, ask.mask, strict=True)]

    def agree(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """Whether two reads say the same of everything that matters."""
        return all(self.part(ask, one) == self.part(ask, other) for ask in self.asks)


def groups(asks: Sequence[Ask], max_gap: int) -> list[Group]:
    """Return as few requests as will do for the blocks of one unit.

    Blocks are read together where no more than ``max_gap`` values lie between them, up to what
    one request may ask for.
    """
    made: list[Group] = []
    for table in Table:
        together: list[Ask] = []
        for ask in sorted((one for one in asks if one.table is table), key=lambda a: a.address):
            if together:
                whole = Group.of([*together, ask])
                gap = ask.address - max(one.address + one.count for one in together)
                if gap > max_gap or whole.count > table.most:
                    made.append(Group.of(together))
                    together = []
            together.append(ask)
        if together:
            made.append(Group.of(together))
    return made


class BlockMemory:
    """What was told of a block last."""

    def __init__(self, ask: Ask) -> None:
        """Remember nothing yet."""
        self._ask = ask
        self._told: bytes | None = None
        self._values: Sequence[int] | None = None
        self._told_at = 0.0
        self._changed_at = float("-inf")

    def forget(self) -> None:
        """Tell it anew, whatever it is."""
        self._told = self._values = None
        self._told_at = float("-inf")

    def differs(self, values: Sequence[int]) -> bool:
        """Whether these values are not those told last."""
        return values != self._values

    def due(self, now: float) -> bool:
        """Whether it is to be told though it has not changed."""
        return now - self._told_at >= ALIVE_EVERY or now - self._changed_at < self._ask.settle

    def news(self, values: Sequence[int], now: float) -> bytes | None:
        """Return what is to be told of these values, if anything."""
        changed = self.differs(values)
        if not changed and not self.due(now):
            return None
        self._values, self._told_at = values, now
        if changed:
            self._changed_at = now
            self._told = scan.pack(self._ask.table, list(values))
        return self._told

    def failed(self, failed: Failed, now: float) -> bytes | None:
        """Return what is to be told of a failure: each change of it, and that it lasts."""
        payload = scan.pack_failed(failed)
        if payload == self._told and now - self._told_at < 1.0:
            return None
        self._told, self._values, self._told_at = payload, None, now
        return payload
