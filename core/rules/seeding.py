"""A year's days off and make-up working days (调休), as a calendar begins; people edit it after."""

from dataclasses import dataclass
from datetime import date

import holidays

#: The years that the library has figures for; before and after, nobody has decided anything.
FIRST, LAST = 2001, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class SeededDay:
    """One day that is not as the week says."""

    day: date
    #: Worked although it is a weekend; otherwise a day off.
    working: bool
    name: str


def china(year: int) -> list[SeededDay]:
    """Return China's days of a year, in order.

    The State Council names next year's make-up days in autumn: before that, only the holidays
    that the law fixes are there.
    """
    known = holidays.country_holidays("CN", years=year, language="zh_CN")
    off = [SeededDay(day=day, working=False, name=name) for day, name in known.items()]
    made_up = [
        SeededDay(day=day, working=True, name="调休上班")
        for day in known.weekend_workdays
        if day.year == year
    ]
    return sorted([*off, *made_up], key=lambda one: (one.day, one.working))


def toml(days: list[SeededDay]) -> str:
    """Return the lines of a calendar."""
    lines = (
        f'"{one.day}" = "{"working" if one.working else "holiday"}"  # {one.name}' for one in days
    )
    return "\n".join(["[days]", *lines]) + "\n"
