"""Kills processes at random moments and lets them come back at once; the same seed, the same dice.

Most kills wait until the victim works, so that they meet it at its work; the others hit it at
whatever it is about, its own start and recovery among that.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.prove.children import Child

SOONEST, LATEST = 0.05, 1.5
#: How many kills do not wait until the victim works.
BLIND = 0.25


@dataclass(slots=True, kw_only=True)
class Killer:
    """Kills one of these children after another."""

    children: Sequence[Child]
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    #: When the last of them was killed, by the monotonic clock.
    last_at: float = 0.0

    def rage(self, *, enough: Callable[[int], bool]) -> None:
        """Kill until ``enough`` of the number of kills; all are up again after it."""
        dice = random.Random(self.seed)
        while not enough(self.kills.total()):
            victim = dice.choice(self.children)
            if dice.random() >= BLIND:
                victim.wait_until_ready()
            time.sleep(dice.uniform(SOONEST, LATEST))
            victim.kill()
            self.last_at = time.monotonic()
            self.kills[victim.name] += 1
            victim.start()
        for child in self.children:
            child.wait_until_ready()
