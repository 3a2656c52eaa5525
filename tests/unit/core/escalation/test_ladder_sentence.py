"""The sentence of an issue: which rule, who next, when, and why not sooner (五.1(3))."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.escalation import policy, sentence
from core.escalation.policy_file import default_policy
from core.facts.catalogue import Words
from core.facts.days import Calendar
from core.facts.issue import Status, Urgency
from core.facts.ladder import AfterRung, Called
from core.facts.people import Role
from core.facts.policy import Clock, DayCount, Policy

SCHEME = default_policy()
TOLD = datetime(2026, 11, 20, 2, tzinfo=UTC)  # 10:00 on a Friday
LATER = TOLD + timedelta(hours=1)
SUPERVISOR = Called(
    key="urgent.1@v1",
    to=(Role.GENERAL_GROUP_SUPERVISOR,),
    at=datetime(2026, 11, 20, 16, tzinfo=UTC),
)
DIRECTOR = Called(
    key="urgent.2@v1", to=(Role.DIRECTOR,), at=datetime(2026, 11, 21, 16, 0, 7, tzinfo=UTC)
)


def say(
    urgency: Urgency,
    *called: Called,
    now: datetime = LATER,
    status: Status = Status.ACCEPTED,
    stopped_at: datetime | None = None,
    rules: Policy = SCHEME,
    told: datetime = TOLD,
) -> Words:
    days = policy.site_days(rules, zone=ZoneInfo("Asia/Shanghai"), calendar=Calendar())
    climb = policy.steps(urgency, reported_at=told, days=days, policy=rules)
    return sentence.of_issue(
        climb, status=status, stopped_at=stopped_at, called=called, now=now, days=days
    )


def test_before_the_first_step() -> None:
    assert say(Urgency.URGENT) == Words(
        zh="按五.1(3)②，到 2026-11-20 24:00（第 1 天结束）仍未处理的，由综合组主管介入；"
        "章程算到报事当天结束，所以不提前。",
        en="By 五.1(3)②, the General Group supervisor is called in at 2026-11-20 24:00 (the end of"
        " day 1) if it is still not handled; not sooner, because the scheme counts until the day"
        " of report ends.",
    )


def test_between_the_steps_it_begins_with_who_has_it() -> None:
    now = SUPERVISOR.at + timedelta(hours=8)
    assert say(Urgency.URGENT, SUPERVISOR, now=now) == Words(
        zh="综合组主管已于 2026-11-20 24:00 介入；按五.1(3)②，到 2026-11-21 24:00（第 2 天结束）"
        "仍未处理的，由管理处主任介入；从报事当天算起，章程算到第 2 天结束，所以不提前。",
        en="The General Group supervisor was called in at 2026-11-20 24:00; by 五.1(3)②, the"
        " director is called in at 2026-11-21 24:00 (the end of day 2) if it is still not handled;"
        " not sooner, because the scheme counts from the day of report until day 2 ends.",
    )


def test_when_somebody_is_due_now() -> None:
    assert say(Urgency.URGENT, now=DIRECTOR.at) == Words(
        zh="按五.1(3)②，综合组主管（2026-11-20 24:00 到期）、管理处主任（2026-11-21 24:00 到期）"
        "现在就应介入，因为到期仍未处理。",
        en="By 五.1(3)②, the General Group supervisor (due 2026-11-20 24:00) and the director (due"
        " 2026-11-21 24:00) are due now, because the time has passed and it is not handled.",
    )


def test_when_one_is_due_now_the_verb_agrees() -> None:
    assert (
        "the director (due 2026-11-21 24:00) is due now"
        in say(Urgency.URGENT, SUPERVISOR, now=DIRECTOR.at).en
    )


def test_at_the_top_nobody_is_above() -> None:
    assert say(Urgency.URGENT, SUPERVISOR, DIRECTOR, now=DIRECTOR.at) == Words(
        zh="管理处主任已于 2026-11-22 00:00:07 介入，其上再无他人，处理之前一直由其督办。",
        en="The director was called in at 2026-11-22 00:00:07; nobody is above, and there it stays"
        " until it is handled.",
    )


def test_called_in_together_the_director_still_stands_above() -> None:
    together = replace(SUPERVISOR, at=DIRECTOR.at)
    said = say(Urgency.URGENT, DIRECTOR, together, now=DIRECTOR.at)
    assert said.en.startswith("The director was called in")


@pytest.mark.parametrize(
    ("status", "zh", "en"),
    [
        (Status.HANDLED, "2026-11-20 11:00 已处理，", "Handled at 2026-11-20 11:00,"),
        (Status.CLOSED, "2026-11-20 11:00 已结，", "Closed at 2026-11-20 11:00,"),
        (Status.DISMISSED, "2026-11-20 11:00 已判定无需处理，", "Dismissed at 2026-11-20 11:00,"),
    ],
)
def test_handled_the_ladder_stands_still(status: Status, zh: str, en: str) -> None:
    assert say(Urgency.URGENT, status=status, stopped_at=LATER) == Words(
        zh=f"{zh}升级停止；若重新打开，仍从原报事时间算起。",
        en=f"{en} so the ladder stands still; re-opened, it would go on by the clock of the"
        " report.",
    )


def test_where_nobody_knows_when_it_was_handled_no_time_is_made_up() -> None:
    said = say(Urgency.URGENT, status=Status.DISMISSED)
    assert said.zh.startswith("已判定无需处理，")
    assert said.en.startswith("Dismissed, so")


def test_life_safety_is_due_at_once() -> None:
    assert say(Urgency.LIFE_SAFETY, now=TOLD).zh == (
        "按五.1(3)，安管员、队长、监控值班员（2026-11-20 10:00 到期）现在就应介入，"
        "因为到期仍未处理。"
    )


def test_life_safety_told_at_midnight_is_told_at_the_beginning_of_a_day() -> None:
    midnight = datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert "（2026-11-21 00:00 到期）" in say(Urgency.LIFE_SAFETY, told=midnight, now=midnight).zh
    sooner = say(Urgency.LIFE_SAFETY, told=midnight, now=midnight - timedelta(seconds=1))
    assert "called in at once (2026-11-21 00:00)" in sooner.en


def test_life_safety_gives_those_called_in_five_minutes() -> None:
    at_once = Called(key="life_safety.1@v1", to=(Role.GUARD, Role.CAPTAIN, Role.OPERATOR), at=TOLD)
    said = say(Urgency.LIFE_SAFETY, at_once, now=TOLD)
    assert said.zh == (
        "安管员、队长、监控值班员已于 2026-11-20 10:00 介入；按五.1(3)，到 2026-11-20 10:05"
        "（报事后 5 分钟）仍未处理的，由管理处主任介入；此前的时间留给已被召到场的人，所以不提前。"
    )
    assert said.en.startswith("The guard, the captain and the operator were called in at")


def test_working_days_are_named_as_such() -> None:
    rules = replace(SCHEME, clock=Clock(days=DayCount.WORKING))
    said = say(Urgency.ORDINARY, rules=rules)
    assert "2026-11-23 24:00（第 2 个工作日结束）" in said.zh
    assert "at 2026-11-23 24:00 (the end of working day 2)" in said.en


def test_a_least_time_is_the_reason_where_it_holds_a_step_back() -> None:
    rules = replace(SCHEME, clock=Clock(least=timedelta(hours=20)))
    said = say(Urgency.URGENT, rules=rules)
    assert "到 2026-11-21 06:00（第 1 天已过，最短时间届满）" in said.zh
    assert "not sooner, because the policy sets a least time after the report" in said.en


@pytest.mark.parametrize(
    ("after", "zh", "en"),
    [
        (timedelta(seconds=90), "90 秒", "90 seconds"),
        (timedelta(seconds=60), "1 分钟", "1 minute"),
        (timedelta(hours=2), "2 小时", "2 hours"),
    ],
)
def test_spans_are_said_in_the_largest_whole_unit(after: timedelta, zh: str, en: str) -> None:
    ladder = (AfterRung(after=after, to=(Role.DIRECTOR,), rule="五.1(3)"),)
    rules = replace(SCHEME, ladders={Urgency.LIFE_SAFETY: ladder})
    said = say(Urgency.LIFE_SAFETY, now=TOLD, rules=rules)
    assert f"（报事后 {zh}）" in said.zh
    assert f"({en} after the report)" in said.en


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_name_in_both_languages(role: Role) -> None:
    ladder = (AfterRung(after=timedelta(0), to=(role,), rule="五.1(3)"),)
    rules = replace(SCHEME, ladders={Urgency.LIFE_SAFETY: ladder})
    said = say(Urgency.LIFE_SAFETY, now=TOLD, rules=rules)
    assert role.value.replace("_", " ").casefold() in said.en.casefold().replace("-", " ")
    assert role.value not in said.zh
