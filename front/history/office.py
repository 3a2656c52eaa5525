"""The office of the history: its people, its dice, and what is still to be done, by its time."""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from core.errors import CoreError
from core.facts.device import SiteCode
from core.facts.people import Person, PersonCode, Role
from core.facts.place import PlaceCode
from core.store.database import Database
from core.store.store import Store
from core.tick import tick

Deed = Callable[[Store, datetime], None]


@dataclass(slots=True, kw_only=True)
class Office:
    """Lives on by what is laid before it."""

    database: Database
    site: SiteCode
    zone: ZoneInfo
    people: Sequence[Person]
    homes: Sequence[PlaceCode]
    outside: Sequence[PlaceCode]
    said: Mapping[str, Any]
    dice: Random
    #: How many problems were told so far.
    told: int = 0
    #: What customers told: the problem's name, their words, which family.
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    _ahead: list[tuple[datetime, int, Deed | None]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def later(self, at: datetime, deed: Deed | None) -> None:
        """Lay a deed before the office; None: see what time alone sets off."""
        heapq.heappush(self._ahead, (at, next(self._numbers), deed))

    def one(self, role: Role) -> PersonCode:
        """Return somebody of this role."""
        return self.dice.choice([one.code for one in self.people if role in one.roles])

    def first(self, role: Role) -> PersonCode:
        """Return the first of this role: not by the dice, so that all else stays as it was."""
        return min(one.code for one in self.people if role in one.roles)

    def live(self, until: datetime) -> None:
        """Do everything in the order of its time."""
        while self._ahead and self._ahead[0][0] <= until:
            at, _, deed = heapq.heappop(self._ahead)
            if deed is None:
                tick(self.database, now=at)
            else:
                self._do(deed, at)

    def _do(self, deed: Deed, at: datetime) -> None:
        try:
            with self.database.begin() as store:
                deed(store, at)
        except CoreError:
            return  # in an office, too, some things come too late: then nothing was done
