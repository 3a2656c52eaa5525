"""A month as it is reported: numbers, what each opens, and the bytes that are frozen (五.2(3)).

A number is known by its cell, whose issues are as many as the number says:

- ``<dimension>.<measure>.<key>``: a sum of a row, ``unit.problems.clean``; the key is quoted as in
  an address, empty for nobody;
- ``t.<measure>.<within>.<group>``: how many values a group has, all of them (``-``) or those
  within so many seconds, ``t.arrival_claim.30.life_safety``;
- ``s.<span>.<operator>``: what came to him, or to the centre, in that span of ten minutes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from core.facts.month import MEASURES, MonthCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The sums of one key, in the order of the report's measures, and its two rates."""

    key: str
    counts: tuple[int, ...]
    #: Found by staff or devices ÷ all problems (一.1); None: there were none.
    found_first: float | None
    #: Customers who had to tell again ÷ all who told of a problem (一.2).
    repeat_rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How values lie: nearest rank, in whole seconds; None: there are none."""

    cell: str
    group: str
    n: int
    median: int | None
    p90: int | None
    #: All of them together, where the report asks for it: what hops have cost.
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Answer times of one class: how many within each limit, and percentiles."""

    measure: str
    cls: str
    n: int
    #: In the order of the report's limits.
    within: tuple[int, ...]
    p50: int
    p80: int
    p98_5: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What a standard asks of a class, and what the month shows."""

    standard: str
    #: How far its number was found in public texts: ``secondary``, ``not_confirmed``.
    status: str
    cls: str
    measure: str
    seconds: int | None
    #: So many of a hundred have to be within.
    wanted: float | None
    n: int
    within: int
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Alarms of the centre, or of one operator, by spans of ten minutes."""

    #: Empty: all that came to the centre.
    operator: str
    n: int
    #: Of the centre all spans of the month; of an operator those in which he took any.
    spans: int
    average: float
    peak: int
    #: The first span in which there were so many.
    peak_span: int
    #: Spans above the mark 10.
    above: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """One month of one site."""

    site: str
    site_name: str
    month: MonthCode
    zone: str
    measures: tuple[str, ...]
    whole: Line
    #: By dimension, each ordered by key.
    parts: Mapping[str, Sequence[Line]]
    acceptance: Sequence[Spread]
    hops: Sequence[Spread]
    limits: tuple[int, ...]
    answers: Sequence[Answer]
    standards: Sequence[Standard]
    load: Sequence[Load]
    #: The ten that opened most reports, the loudest first.
    devices: Sequence[Line]
    #: By kind of thing: codes and their names, in both languages where there are two.
    names: Mapping[str, Mapping[str, str | Mapping[str, str]]]

    def canonical(self) -> bytes:
        """Return the one text that stands for the report: sorted keys, no blanks."""
        plain = _plain(self)
        text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    def of(self, measures: Sequence[str]) -> "MonthReport":
        """Return the report as it was made when there were these measures and no later ones."""

        def cut(lines: Sequence[Line]) -> list[Line]:
            return [replace(one, counts=one.counts[: len(measures)]) for one in lines]

        return replace(
            self,
            measures=tuple(measures),
            whole=cut([self.whole])[0],
            # A row that has nothing but later sums was not there.
            parts={
                name: [one for one in cut(rows) if any(one.counts)]
                for name, rows in self.parts.items()
            },
            devices=cut(self.devices),
        )

    @classmethod
    def read(cls, canonical: bytes) -> "MonthReport":
        """Return the report that canonical bytes hold; of later measures it has none."""
        said: dict[str, Any] = json.loads(canonical)
        return cls(
            **{
                **said,
                "measures": (*said["measures"], *MEASURES[len(said["measures"]) :]),
                "limits": tuple(said["limits"]),
                "whole": _line(said["whole"]),
                "parts": {
                    name: [_line(one) for one in rows] for name, rows in said["parts"].items()
                },
                "acceptance": [Spread(**one) for one in said["acceptance"]],
                "hops": [Spread(**one) for one in said["hops"]],
                "answers": [
                    Answer(**{**one, "within": tuple(one["within"])}) for one in said["answers"]
                ],
                "standards": [Standard(**one) for one in said["standards"]],
                "load": [Load(**one) for one in said["load"]],
                "devices": [_line(one) for one in said["devices"]],
            }
        )


def _line(said: Mapping[str, Any]) -> Line:
    counts = said["counts"]
    return Line(**{**said, "counts": (*counts, *[0] * (len(MEASURES) - len(counts)))})


_FIELDS: Mapping[type, tuple[str, ...]] = {
    kind: tuple(one.name for one in fields(kind))
    for kind in (Line, Spread, Answer, Standard, Load, MonthReport)
}


def _plain(value: Any) -> Any:
    """Return dataclasses as dictionaries, without copying what is plain already."""
    names = _FIELDS.get(type(value))
    if names is not None:
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
