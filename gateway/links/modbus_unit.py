"""A unit of a line: what is read of it, how fast it answers, and when it is asked again."""

from gateway.links.modbus_scan import Group
from gateway.pause import Pause

#: Whoever does not answer is tried again after a pause between these, seconds: when he is back he
#: rings within three seconds all the same (ADR 0034).
LEAST, MOST = 0.5, 1.0
#: A try waits for so many times the slowest answer of late, and this, seconds.
_TIMES, _MORE = 3.0, 0.1
#: What an answer takes as long as nothing is known, seconds.
_USUAL = 0.1
#: Of so many tries one waits as long as the line allows: units become slower too.
_PATIENT = 4
_FORGETS = 0.99


class Unit:
    """One unit."""

    def __init__(self, number: int, of: list[Group]) -> None:
        """Ask for these groups; nothing is known yet."""
        self.number = number
        self.groups = of
        self.rests_until = 0.0
        self._pause = Pause(least=LEAST, most=MOST)
        self._tries = 0
        self._slowest = _USUAL

    @property
    def is_silent(self) -> bool:
        """Whether it did not answer when it was asked last."""
        return self._tries > 0

    def took(self, seconds: float) -> None:
        """Note how long an answer took."""
        self._slowest = max(seconds, self._slowest * _FORGETS)

    def patience(self, most: float) -> float:
        """Return how long the next try waits for an answer."""
        if self._tries % _PATIENT == 0:
            return most
        return min(most, _TIMES * self._slowest + _MORE)

    def rest(self, now: float, least: float) -> None:
        """Leave it alone for a while, at least so many seconds: it does not answer."""
        self._tries += 1
        self.rests_until = now + max(least, self._pause.seconds())

    def answered(self) -> None:
        """Note that all is well."""
        self._tries = 0
        self._pause.reset()

    def split(self, group: Group) -> None:
        """Ask for each block of a group alone."""
        place = self.groups.index(group)
        self.groups[place : place + 1] = [Group.of([ask]) for ask in group.asks]
