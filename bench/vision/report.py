"""What the benchmark says: tables for people, a JSON line for each figure."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value with what stands beside it: a peer on the same rows, or the goal."""

    name: str
    value: float
    unit: str
    beside: float

    def line(self) -> str:
        """Return the JSON line."""
        ratio = self.value / self.beside if self.beside else None
        said = {
            "figure": self.name,
            "value": _known(self.value),
            "unit": self.unit,
            "beside": _known(self.beside),
            "ratio": _known(ratio),
        }
        return json.dumps(said, ensure_ascii=False)


@dataclass(slots=True)
class Section:
    """One table with its heading, and the figures it yields."""

    title: str
    lines: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Add a line for people."""
        self.lines.append(text)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add a table; numbers stand to the right."""
        cells = [list(head), *([_cell(value) for value in row] for row in rows)]
        widths = [max(len(row[number]) for row in cells) for number in range(len(head))]
        for row in cells:
            first, *rest = row
            parts = [first.ljust(widths[0])]
            parts += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
            self.lines.append("  ".join(parts))

    def figure(self, name: str, value: float, unit: str, *, beside: float) -> None:
        """Add a figure for machines."""
        self.figures.append(Figure(name=name, value=value, unit=unit, beside=beside))

    def text(self) -> str:
        """Return the section for people."""
        return "\n".join(["", self.title, "-" * len(self.title), *self.lines])


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "-" if math.isnan(value) else f"{value:.4g}"
    return str(value)


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(value, 5)
