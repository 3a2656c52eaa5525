"""A figure beside its limit: how it is printed, for people and for machines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value, what stands beside it, and what was promised."""

    name: str
    value: float
    unit: str
    #: The peer or the limit, measured in the same run.
    beside: float
    #: What ``beside`` is, in words.
    peer: str
    #: What was promised, in words.
    goal: str
    kept: bool
    #: Value and peer of each round, for those who want to see how they scatter.
    rounds: Sequence[tuple[float, float]] = ()

    @property
    def ratio(self) -> float:
        """The value as a part of what stands beside it."""
        return self.value / self.beside if self.beside else 0.0

    def line(self) -> str:
        """Return the JSON line."""
        return json.dumps(
            {
                "figure": self.name,
                "value": round(self.value, 3),
                "unit": self.unit,
                "beside": round(self.beside, 3),
                "ratio": round(self.ratio, 4),
            }
        )

    def row(self) -> str:
        """Return the row of the table."""
        scatter = ", ".join(f"{value:.4g}/{beside:.4g}" for value, beside in self.rounds)
        return (
            f"{self.name:28} {self.value:>10.4g} {self.unit:9} {self.beside:>10.4g}  "
            f"{self.ratio:>7.3f}  {'yes' if self.kept else 'NO ':3}  {self.goal}\n"
            f"{'':28} beside: {self.peer}" + (f"; rounds {scatter}" if scatter else "")
        )


HEAD = f"{'figure':28} {'value':>10} {'unit':9} {'beside':>10}  {'ratio':>7}  kept  goal"


def medians(rounds: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the median value and the median peer."""
    return median(value for value, _ in rounds), median(beside for _, beside in rounds)
