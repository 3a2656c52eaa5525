"""What standards ask of answer times, and how far each number is confirmed: a table."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.facts.month_report import Standard
from core.facts.report import ReportClass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asks:
    standard: str
    status: str
    classes: tuple[ReportClass, ...]
    #: None: the standard names no number of seconds.
    seconds: int | None
    wanted: float | None


_LIFE = (ReportClass.LIFE_SAFETY,)
_OTHERS = (ReportClass.CALL, ReportClass.ALARM, ReportClass.FAULT)
#: Counted both ways: NFPA to the first action, others to the answer; from arrival and first view.
_MEASURES = ("arrival_claim", "arrival_action", "view_claim", "view_action")

_TABLE = (
    # EN 50518-3:2013 is widely quoted, and was not found in a public text: a target of ours.
    _Asks(standard="EN 50518", status="not_confirmed", classes=_LIFE, seconds=30, wanted=80),
    _Asks(standard="EN 50518", status="not_confirmed", classes=_LIFE, seconds=60, wanted=98.5),
    _Asks(standard="EN 50518", status="not_confirmed", classes=_OTHERS, seconds=90, wanted=80),
    _Asks(standard="EN 50518", status="not_confirmed", classes=_OTHERS, seconds=180, wanted=98.5),
    # Retransmission of fire alarms within 90 s (annex): confirmed in secondary texts.
    _Asks(standard="NFPA 72", status="secondary", classes=_LIFE, seconds=90, wanted=100),
    # "In the fastest way": confirmed in secondary texts, and no seconds are given.
    _Asks(standard="GB 25201-2010", status="secondary", classes=_LIFE, seconds=None, wanted=None),
)


def compared(values: Mapping[tuple[str, str], Sequence[int]]) -> list[Standard]:
    """Return each standard beside what the month shows; without values nothing is compared."""
    return [
        _compared(asks, cls, measure, values[measure, cls.value])
        for asks in _TABLE
        for cls in asks.classes
        for measure in _MEASURES
        if values.get((measure, cls.value))
    ]


def _compared(asks: _Asks, cls: ReportClass, measure: str, values: Sequence[int]) -> Standard:
    n, within = len(values), len(values)
    met: bool | None = None
    if asks.seconds is not None and asks.wanted is not None:
        within = bisect_right(values, asks.seconds)
        met = 1000 * within >= round(10 * asks.wanted) * n
    return Standard(
        standard=asks.standard,
        status=asks.status,
        cls=cls.value,
        measure=measure,
        seconds=asks.seconds,
        wanted=asks.wanted,
        n=n,
        within=within,
        met=met,
    )
