"""One sentence for each issue: which rule, who next, when, and why not sooner (五.1(3))."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from core.escalation import names, policy
from core.facts.catalogue import Words
from core.facts.days import SiteDays
from core.facts.issue import UNHANDLED, Status
from core.facts.ladder import Called, Step

_STOPPED = {
    Status.HANDLED: Words(zh="已处理", en="Handled"),
    Status.CLOSED: Words(zh="已结", en="Closed"),
    Status.DISMISSED: Words(zh="已判定无需处理", en="Dismissed"),
    Status.MERGED: Words(zh="已并入另一问题", en="Merged into another issue"),
}


def of_issue(
    climb: Sequence[Step],
    *,
    status: Status,
    stopped_at: datetime | None,
    called: Collection[Called],
    now: datetime,
    days: SiteDays,
) -> Words:
    """Say where the ladder stands at this moment, in civil time of the site.

    :param stopped_at: when the issue was handled, closed or dismissed; None: open, or not known.
    """
    if status not in UNHANDLED:
        return _stopped(_STOPPED[status], stopped_at, days)
    left = policy.waiting(climb, status=status, called=called)
    calls = [call for step in climb if (call := policy.answered(step, called))]
    if not left:
        return _at_the_top(calls[-1], days)
    late = policy.due(climb, status=status, called=called, now=now)
    if late:
        return _due_now(late, days)
    upcoming = of_step(left[0], days=days)
    return _with_last_call(calls[-1], upcoming, days) if calls else upcoming


def of_step(step: Step, *, days: SiteDays) -> Words:
    """Say of a step who steps in, when, by which rule, and why not sooner."""
    when, who, why = _when(step, days), names.roles(step.to), _why(step, days)
    verb = names.is_or_are(step.to)
    if step.after == timedelta(0):
        together = Words(zh="同时", en=", all together") if step.parallel else Words(zh="", en="")
        return Words(
            zh=f"按{step.rule}，报事后立即（{when}）由{who.zh}{together.zh}介入；{why.zh}。",
            en=f"By {step.rule}, {who.en} {verb} called in at once ({when}){together.en};"
            f" {why.en}.",
        )
    until = _until(step, days)
    return Words(
        zh=f"按{step.rule}，到 {when}（{until.zh}）仍未处理的，由{who.zh}介入；{why.zh}。",
        en=f"By {step.rule}, {who.en} {verb} called in at {when} ({until.en}) if it is still"
        f" not handled; {why.en}.",
    )


def _when(step: Step, days: SiteDays) -> str:
    """Say a day's end as that day's 24:00; a time after the report ends no day."""
    return days.text(step.due_at) if step.after is None else days.clock_text(step.due_at)


def _until(step: Step, days: SiteDays) -> Words:
    if step.after is not None:
        after = names.span(step.after)
        return Words(zh=f"报事后 {after.zh}", en=f"{after.en} after the report")
    day = _day(step, days)
    if step.held:
        return Words(zh=f"{day.zh}已过，最短时间届满", en=f"{day.en} and the least time over")
    return Words(zh=f"{day.zh}结束", en=f"the end of {day.en}")


def _why(step: Step, days: SiteDays) -> Words:
    why = _why_not_sooner(step, days)
    if step.unpaused_on is None:
        return why
    before = days.text(days.end_of(step.unpaused_on))
    return Words(
        zh=f"{why.zh}；暂停期间结束的日子不计，原定 {before}",
        en=f"{why.en}; days that end in a pause do not count, else it were {before}",
    )


def _why_not_sooner(step: Step, days: SiteDays) -> Words:
    if step.after == timedelta(0):
        return Words(zh="事关生命，不看日历，不分昼夜", en="no calendar and no quiet hours count")
    if step.after is not None:
        return Words(
            zh="此前的时间留给已被召到场的人，所以不提前",
            en="not sooner, because those called in at once have that long",
        )
    if step.held:
        return Words(
            zh="政策另定有最短时间，所以不提前",
            en="not sooner, because the policy sets a least time after the report",
        )
    if step.day == 1 and days.working is None:
        return Words(
            zh="章程算到报事当天结束，所以不提前",
            en="not sooner, because the scheme counts until the day of report ends",
        )
    day = _day(step, days)
    return Words(
        zh=f"从报事当天算起，章程算到{day.zh}结束，所以不提前",
        en=f"not sooner, because the scheme counts from the day of report until {day.en} ends",
    )


def _stopped(how: Words, stopped_at: datetime | None, days: SiteDays) -> Words:
    when = days.text(stopped_at) if stopped_at else None
    return Words(
        zh=f"{f'{when} ' if when else ''}{how.zh}，升级停止；若重新打开，仍从原报事时间算起。",
        en=f"{how.en}{f' at {when}' if when else ''}, so the ladder stands still;"
        " re-opened, it would go on by the clock of the report.",
    )


def _at_the_top(last: Called, days: SiteDays) -> Words:
    call = _call(last, days)
    return Words(
        zh=f"{call.zh}，其上再无他人，处理之前一直由其督办。",
        en=f"{call.en}; nobody is above, and there it stays until it is handled.",
    )


def _due_now(late: Sequence[Step], days: SiteDays) -> Words:
    each = [(names.roles(step.to), _when(step, days)) for step in late]
    zh = "、".join(f"{who.zh}（{when} 到期）" for who, when in each)
    en = " and ".join(f"{who.en} (due {when})" for who, when in each)
    rules = list(dict.fromkeys(step.rule for step in late))
    verb = names.is_or_are([role for step in late for role in step.to])
    return Words(
        zh=f"按{'、'.join(rules)}，{zh}现在就应介入，因为到期仍未处理。",
        en=f"By {' and '.join(rules)}, {en} {verb} due now,"
        " because the time has passed and it is not handled.",
    )


def _with_last_call(last: Called, upcoming: Words, days: SiteDays) -> Words:
    """Begin with who was called in last: with him it is until the next step."""
    call = _call(last, days)
    return Words(zh=f"{call.zh}；{upcoming.zh}", en=f"{call.en}; {_uncapped(upcoming.en)}")


def _call(call: Called, days: SiteDays) -> Words:
    who, when = names.roles(call.to), days.text(call.at)
    verb = names.is_or_are(call.to, past=True)
    return Words(
        zh=f"{who.zh}已于 {when} 介入",
        en=f"{who.en[0].upper()}{who.en[1:]} {verb} called in at {when}",
    )


def _uncapped(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}"


def _day(step: Step, days: SiteDays) -> Words:
    if days.working is not None:
        return Words(zh=f"第 {step.day} 个工作日", en=f"working day {step.day}")
    return Words(zh=f"第 {step.day} 天", en=f"day {step.day}")
