"""``shouwen explain``: the steps an issue would climb, each with its time, rule and sentence."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from core.escalation import civil_time, policy, sentence
from core.facts import moment
from core.facts.catalogue import Words
from core.facts.days import Calendar, SiteDays
from core.facts.issue import Urgency
from core.facts.ladder import Step
from core.facts.policy import Policy

#: Where the scheme was written.
HOME = "Asia/Shanghai"

#: JSON's values as far as an explanation has them.
Json = str | int | list[str] | dict[str, str] | None


def explain(
    *,
    urgency: Urgency,
    reported_at: str,
    rules: Policy,
    zone: str = HOME,
    calendar: Calendar | None = None,
) -> list[dict[str, Json]]:
    """Return one JSON object for each step, in the order in which they fall due.

    :param reported_at: with an offset, or as the civil time of the zone.
    :raises NotReadable: no such zone, not a time, or a civil time that never was.
    """
    site_zone = civil_time.zone_named(zone)
    said = civil_time.read(reported_at, site_zone)
    days = policy.site_days(rules, zone=site_zone, calendar=calendar)
    climb = policy.steps(urgency, reported_at=said.at, days=days, policy=rules)
    notes = [*_twice(said, site_zone), *_unknown_years(climb, days)]
    return [_object(number, step, days, notes) for number, step in enumerate(climb, start=1)]


def _object(number: int, step: Step, days: SiteDays, notes: list[Words]) -> dict[str, Json]:
    said: dict[str, Json] = {
        "step": number,
        "key": step.key,
        "to": [role.value for role in step.to],
        "due_at": days.local(step.due_at).isoformat(),
        "due_at_utc": moment.text(step.due_at),
        "day": step.day,
        "rule": step.rule,
        "sentence": _both(sentence.of_step(step, days=days)),
    }
    if notes:
        said["note"] = _both(
            Words(zh="；".join(one.zh for one in notes), en="; ".join(one.en for one in notes))
        )
    return said


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _twice(said: civil_time.CivilTime, zone: ZoneInfo) -> Iterator[Words]:
    if said.twice:
        first = said.at.astimezone(zone).isoformat()
        yield Words(
            zh=f"当地时钟回拨，这个时刻有两次，按第一次 {first} 计算",
            en=f"the clock was set back and this time came twice; the first is taken, {first}",
        )


def _unknown_years(climb: tuple[Step, ...], days: SiteDays) -> Iterator[Words]:
    """Nobody knows next year's make-up days before the State Council's notice."""
    if days.working is None:
        return
    ends = [step.ends_on for step in climb if step.ends_on]
    for year in sorted({day.year for day in ends if not days.working.knows(day.year)}):
        yield Words(
            zh=f"日历中没有 {year} 年的节假日和调休，暂按周一至周五计算",
            en=f"the calendar has no days for {year}: Monday to Friday are taken as worked",
        )
