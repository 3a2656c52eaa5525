"""The scheme walked clause by clause from outside: an office of our own, over HTTP alone.

Its people, dates and calendar are ours; the clock is in our hands. Nothing here knows how the
product is built: what is asked is what the scheme says must be true.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.facts.device import EventType
from core.facts.people import PersonCode
from core.facts.rules import Rules
from core.store.database import Database
from tests.api.running import ADMINISTRATOR, Centre, HandClock, wait_until

ZONE = ZoneInfo("Asia/Shanghai")
PATIENCE = 60.0
#: Who works here: what he is, and for whom.
STAFF = {
    "chen": ("guard", "office"),
    "luo": ("squad_leader", "office"),
    "tang": ("captain", "office"),
    "fan": ("engineer", "office"),
    "he": ("cleaner", "green"),
    "xu": ("cleaner", "green"),
    "yu": ("on_site_supervisor", "green"),
    "mo": ("operator", "office"),
    "ke": ("desk_agent", "office"),
    "gao": ("general_group_supervisor", "office"),
    "gu": ("director", "office"),
}
#: A Saturday worked for a Monday off (调休), in a February that is over on that Sunday.
CALENDAR = '[days]\n"2027-02-27" = "working"\n"2027-03-01" = "holiday"\n'
WORKING_DAYS = """version = {version}
[clock]
days = "working"
"""
CALENDAR_DAYS = "version = {version}\n"


class Town:
    """What somebody outside can do: ask and tell over HTTP, and let time pass."""

    def __init__(self, centre: Centre, clock: HandClock) -> None:
        """Begin on whatever day the clock shows."""
        self.centre, self.clock = centre, clock

    # --- time -----------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def at(self, clock: str, *, on: date | None = None) -> datetime:
        """The moment of a civil time, today or on another day; 24:00 is the end of the day."""
        hour, minute = (int(part) for part in clock.split(":"))
        day = (on or self.today) + timedelta(days=hour // 24)
        return datetime.combine(day, time(hour % 24, minute), ZONE).astimezone(UTC)

    def goes_to(self, moment: datetime) -> None:
        assert moment >= self.now
        self.clock.forward(seconds=(moment - self.now).total_seconds())

    def next_day(self, clock: str) -> None:
        self.goes_to(self.at(clock, on=self.today + timedelta(days=1)))

    def until(self, true: Callable[[], object]) -> None:
        wait_until(true, within=PATIENCE)

    # --- asking and telling ---------------------------------------------------------------------

    def asks(self, who: str, path: str, **query: str | int) -> dict[str, Any]:
        answer = self.centre.as_(PersonCode(who)).get(f"/api/v1/{path}", params=query)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        found: dict[str, Any] = answer.json()
        return found

    def says(self, who: str, path: str, /, **said: Any) -> dict[str, Any]:
        """Somebody does something; return the answer."""
        return self._sent(who, path, said, error=None)

    def refused(self, why: str, who: str, path: str, /, **said: Any) -> None:
        """Somebody tries something that is not for him, or not yet."""
        self._sent(who, path, said, error=why)

    def _sent(
        self, who: str, path: str, said: dict[str, Any], *, error: str | None
    ) -> dict[str, Any]:
        browser = self.centre.as_(PersonCode(who))
        send = browser.put if path.startswith(("rules", "administration")) else browser.post
        answer = send(f"/api/v1/{path}", json=said)
        found: dict[str, Any] = answer.json()
        assert found.get("error") == error, f"{who} {path} {said}: {answer.text}"
        return found

    def tells(self, caller: str | dict[str, Any], **more: Any) -> int:
        """Somebody telephones the desk; return the issue."""
        kind = {"kind": "staff", "person": caller} if isinstance(caller, str) else caller
        said = {"channel": "telephone", "category": "dirt", "words": "大堂地面脏", "place": "3-2"}
        return int(self.says("ke", "issues", **{**said, "caller": kind, **more})["number"])

    def issue(self, number: int) -> dict[str, Any]:
        return self.asks("gu", f"issues/{number}")

    def fired(self, number: int) -> list[tuple[str, list[str], datetime]]:
        """Which steps have fired: whose, who was called in, and when."""
        return [
            (step["to"][0], [one["code"] for one in step["people"]], _moment(step["fired_at"]))
            for step in self.issue(number)["steps"]
            if step["state"] == "fired"
        ]

    def kinds(self, number: int) -> list[str]:
        return [one["kind"] for one in self.asks("gu", f"issues/{number}/journal")["items"]]

    def cards(self, who: str) -> list[int]:
        return [one["issue"]["number"] for one in self.asks(who, "followups")["cards"]]

    def month(self, month: str) -> dict[str, int]:
        report = self.asks("gu", f"months/{month}")["report"]
        return dict(zip(report["measures"], report["whole"]["counts"], strict=True))

    def works_by(self, text: str) -> None:
        """Put a policy in force; it is a version higher than the last."""
        policy = next(one for one in self.asks("gu", "rules")["items"] if one["kind"] == "policy")
        version = max(policy["version"], 1) + 1
        said = {"text": text.format(version=version), "base": policy["version"]}
        self.says("gu", "rules/policy", **said, reason="管理处决定")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Town]:
    """An office that its administrator sets up by himself; those who were there have left."""
    folder = tmp_path_factory.mktemp("town")
    database = Database.open(
        f"sqlite:///{folder / 'store.sqlite'}", rules=rules, pictures=folder / "pictures"
    )
    database.migrate()
    clock = HandClock()
    centre = Centre.start(database, clock=clock)
    try:
        yield _moved_in(Town(centre, clock))
    finally:
        centre.stop()
        database.close()


def _moved_in(town: Town) -> Town:
    town.goes_to(town.at("09:00", on=date(2027, 2, 22)))
    unit = {"name": "绿化公司", "kind": "subcontractor"}
    town.says(ADMINISTRATOR, "administration/units/green", **unit)
    for code, (role, of) in STAFF.items():
        person = {"name": code, "unit": of, "roles": [role]}
        town.says(ADMINISTRATOR, f"administration/people/{code}", **person)
    for one in town.asks(ADMINISTRATOR, "administration")["people"]:
        if one["code"] not in {ADMINISTRATOR, *STAFF}:
            left = {"name": one["name"], "unit": "office", "roles": one["roles"], "active": False}
            town.says(ADMINISTRATOR, f"administration/people/{one['code']}", **left)
    calendar = {"text": CALENDAR, "base": 0, "reason": "本项目放假安排"}
    town.says("gu", "rules/calendar", **calendar)
    return town


# --- 五.1(3)②③: who steps in when ---------------------------------------------------------------


def test_told_a_minute_before_midnight_the_day_of_report_is_still_day_1(town: Town) -> None:
    town.next_day("23:59")
    urgent, other = town.tells("chen", urgency="urgent"), town.tells("chen", urgency="ordinary")
    midnight = town.at("24:00")
    assert _moment(town.issue(urgent)["next_due_at"]) == midnight
    assert _moment(town.issue(other)["next_due_at"]) == midnight + timedelta(days=1)

    town.goes_to(midnight)
    town.until(lambda: town.fired(urgent))
    assert town.fired(urgent) == [("general_group_supervisor", ["gao"], midnight)]
    town.goes_to(midnight + timedelta(days=1))
    town.until(lambda: len(town.fired(urgent)) == 2 and town.fired(other))
    assert town.fired(urgent)[1] == ("director", ["gu"], town.now)
    assert town.fired(other) == [("general_group_supervisor", ["gao"], town.now)]
    town.goes_to(midnight + timedelta(days=2))
    town.until(lambda: len(town.fired(other)) == 2)
    assert town.fired(other)[1] == ("director", ["gu"], town.now)
    assert [one[0] for one in town.fired(urgent)] == ["general_group_supervisor", "director"]


def test_the_supervisor_is_away_and_so_is_his_deputy(town: Town) -> None:
    town.next_day("10:00")
    until = (town.now + timedelta(days=3)).isoformat()
    for away, deputy in (("gao", "fan"), ("fan", "luo")):
        leave = {"begins_at": town.now.isoformat(), "ends_at": until, "deputy": deputy}
        town.says("tang", "roster/absences", person=away, reason="请假", **leave)
    issue = town.tells("chen", urgency="urgent")
    town.goes_to(town.at("24:00"))

    town.until(lambda: town.fired(issue))
    assert [people for _, people, _ in town.fired(issue)] == [["luo"]]
    named = [one for one in _journal(town, issue) if one["kind"] == "deputy_called_in"]
    assert [(one["body"]["deputy"], one["body"]["absent"]) for one in named] == [("luo", "gao")]
    town.goes_to(_moment(until))


def _journal(town: Town, issue: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = town.asks("gu", f"issues/{issue}/journal")["items"]
    return found


def test_handled_stops_the_ladder_and_not_solved_takes_up_the_old_clock(town: Town) -> None:
    town.next_day("09:00")
    customer = {"kind": "customer", "name": "701 住户"}
    issue = town.tells(customer, urgency="urgent")
    reported_at = town.issue(issue)["reported_at"]
    town.says("ke", f"issues/{issue}/handled", how="拖了地")
    town.goes_to(town.at("24:00") + timedelta(days=1, hours=9))
    assert town.fired(issue) == []
    closing = {"outcome": "solved", "words": "已清"}
    town.refused("incomplete", "ke", f"issues/{issue}/close", **closing)

    told = {"whom": "701 住户", "how": "telephone", "words": "还是脏", "solved": False}
    town.says("ke", f"issues/{issue}/told", **told)
    town.until(lambda: len(town.fired(issue)) == 2)
    assert [(role, at) for role, _, at in town.fired(issue)] == [
        ("general_group_supervisor", town.now),
        ("director", town.now),
    ]
    assert town.issue(issue)["reported_at"] == reported_at


def test_life_safety_knows_no_night_and_no_calendar(town: Town) -> None:
    town.next_day("03:00")
    town.centre.delivers(town.centre.event(EventType.HELP_PRESSED))
    reports = town.asks("mo", "queue")["items"]
    issue = next(one["issue"] for one in reports if one["cls"] == "life_safety")
    begins = town.now
    town.until(lambda: town.fired(issue))
    assert {one for _, people, _ in town.fired(issue) for one in people} == {"chen", "tang", "mo"}
    assert town.fired(issue)[0][2] == begins
    pause = {"until": (town.now + timedelta(days=1)).isoformat(), "reason": "等"}
    town.refused("not_allowed_now", "mo", f"issues/{issue}/pause", **pause)
    town.goes_to(town.now + timedelta(minutes=5))
    town.until(lambda: len(town.fired(issue)) == 2)
    assert town.fired(issue)[1] == ("director", ["gu"], town.now)


def test_working_days_with_a_saturday_worked_for_a_monday_off(town: Town) -> None:
    """The 26th is a Friday; the 27th is worked, the 28th a Sunday, the 1st a holiday."""
    town.goes_to(max(town.now, town.at("09:00", on=date(2027, 3, 5))))
    town.works_by(WORKING_DAYS)
    friday = town.at("16:00", on=date(2027, 2, 26))
    issue = town.tells("chen", urgency="ordinary", told_at=friday.isoformat())
    steps = {one["to"][0]: _moment(one["due_at"]) for one in town.issue(issue)["steps"]}
    assert steps == {
        "general_group_supervisor": town.at("24:00", on=date(2027, 2, 27)),
        "director": town.at("24:00", on=date(2027, 3, 2)),
    }
    town.works_by(CALENDAR_DAYS)
    town.until(lambda: len(town.fired(issue)) == 2)  # told late: both ends are past


def test_a_pause_over_the_months_end(town: Town) -> None:
    last = date(2027, 3, 31)
    town.goes_to(max(town.now, town.at("15:00", on=last)))
    issue = town.tells("chen", urgency="urgent")
    asked = {"until": town.at("12:00", on=last + timedelta(days=2)).isoformat(), "reason": "等件"}
    pause = town.says("chen", f"issues/{issue}/pause", **asked)["id"]
    town.refused("not_permitted", "ke", f"pauses/{pause}/grant")
    town.says("gao", f"pauses/{pause}/grant")

    # The 31st and the 1st end in the pause and do not count: day 1 is the 2nd.
    due = town.at("24:00", on=last + timedelta(days=2))
    assert _moment(town.issue(issue)["next_due_at"]) == due
    town.goes_to(due)
    town.until(lambda: town.fired(issue))
    assert town.fired(issue) == [("general_group_supervisor", ["gao"], due)]
    town.until(lambda: "pause_ended" in town.kinds(issue))
    assert town.issue(issue)["reported_on"] == "2027-03-31"


# --- 五.1(3)①④: the daily check -----------------------------------------------------------------


def test_a_card_a_day_at_the_hour_for_the_owner_or_the_units_supervisor(town: Town) -> None:
    town.next_day("17:59")
    mine, theirs = town.tells("chen"), town.tells("he")
    town.goes_to(town.at("18:00"))
    late = town.tells("chen", words="同一天六点报的另一件")
    town.until(lambda: mine in town.cards("chen"))
    assert late not in town.cards("chen")
    assert theirs in town.cards("yu")
    assert town.cards("he") == []
    town.refused("not_permitted", "he", f"followups/{theirs}", word="still_open")
    town.says("yu", f"followups/{theirs}", word="still_open", words="明早处理")

    town.goes_to(town.at("24:00"))
    town.until(lambda: "follow_up_missed" in town.kinds(mine))
    assert "follow_up_missed" not in town.kinds(theirs)
    leave = {"begins_at": town.now.isoformat(), "deputy": "xu"}
    leave["ends_at"] = (town.now + timedelta(days=1)).isoformat()
    town.says("tang", "roster/absences", person="yu", reason="病假", **leave)
    town.goes_to(town.at("18:00"))
    town.until(lambda: theirs in town.cards("xu"))
    assert {mine, late} <= set(town.cards("chen"))
    missed = town.asks("gao", "followups/missed", limit=200)["items"]
    assert mine in {one["issue"]["number"] for one in missed}


# --- 五.1(1): telling ---------------------------------------------------------------------------


def test_each_hop_has_its_time_and_the_clock_starts_with_the_first_word(town: Town) -> None:
    town.next_day("08:00")
    first = town.now
    town.goes_to(first + timedelta(minutes=9))
    hops = [
        {"by_person": who, "to": to, "means": "radio", "told_at": at.isoformat()}
        for who, to, at in (
            ("chen", "班长", first),
            ("luo", "客服", first + timedelta(minutes=9)),
        )
    ]
    told = {"channel": "squad_leader", "told_at": first.isoformat(), "relays": hops}
    issue = town.tells("chen", **told)
    shown = town.issue(issue)
    assert _moment(shown["reported_at"]) == first
    assert [one["seconds"] for one in shown["reports"][0]["relays"]] == [None, 540.0]
    assert shown["first_reporter"]["person"]["code"] == "chen"


def test_who_is_first_reporter_and_that_it_is_corrected_not_overwritten(town: Town) -> None:
    town.next_day("08:00")
    report = town.centre.ring()
    town.says("mo", f"reports/{report}/claim")
    what = {"place": "3-2", "category": "dirt", "words": "有人说地面脏"}
    unknown = town.says("mo", f"reports/{report}/complete", caller={"kind": "unknown"}, **what)
    issue = unknown["issue"]
    assert town.issue(issue)["first_reporter"]["person"]["code"] == "mo"
    assert town.issue(issue)["first_reporter"]["to_be_identified"]
    town.says("mo", f"reports/{report}/forward")
    town.says("ke", f"issues/{issue}/accept")
    town.says("ke", f"issues/{issue}/handled", how="拖了")
    closing = {"outcome": "solved", "words": "好了"}
    town.refused("incomplete", "ke", f"issues/{issue}/close", **closing)
    right = {"person": "chen", "reason": "录音听出是小陈"}
    town.refused("not_permitted", "ke", f"issues/{issue}/correct-first-reporter", **right)
    town.says("gao", f"issues/{issue}/correct-first-reporter", **right)
    both = [one for one in _journal(town, issue) if one["kind"] == "first_reporter_corrected"]
    assert [(one["body"]["before"], one["body"]["after"]) for one in both] == [("mo", "chen")]


def test_who_tells_again_becomes_a_reporter_and_takes_nothing_from_the_first(town: Town) -> None:
    town.next_day("08:00")
    issue = town.tells("chen")
    town.goes_to(town.now + timedelta(minutes=10))
    again = {"channel": "telephone", "words": "大堂脏", "place": "3-2", "category": "dirt"}
    caller = {"kind": "staff", "person": "he"}
    town.says("mo", f"issues/{issue}/tellings", caller=caller, **again)
    shown = town.issue(issue)
    assert shown["first_reporter"]["person"]["code"] == "chen"
    tellers = [one["caller"]["person"]["code"] for one in shown["reports"]]
    assert tellers == ["chen", "he"]


def test_the_units_supervisor_has_a_copy_which_falls_overdue(town: Town) -> None:
    town.next_day("08:00")
    issue = town.tells("he")
    town.until(lambda: "copy_sent" in town.kinds(issue))
    assert issue in {one["issue"]["number"] for one in town.asks("yu", "copies")["items"]}
    town.says("yu", "copies/read", issues=[issue])
    town.goes_to(town.now + timedelta(hours=1))
    town.until(lambda: "copy_overdue" in town.kinds(issue))
    assert "copy_read" in town.kinds(issue)
    town.says("yu", f"copies/{issue}/acknowledge")
    assert town.kinds(issue)[-1] == "copy_acknowledged"


# --- 五.1(2): finding ---------------------------------------------------------------------------


def test_dealt_with_on_the_spot_it_counts_and_nobody_steps_in(town: Town) -> None:
    town.next_day("08:00")
    month = town.now.astimezone(ZONE).isoformat()[:7]
    before = town.month(month)["on_the_spot"]
    found = {"place": "3", "category": "dirt", "words": "污渍", "how": "擦掉了"}
    issue = town.says("chen", "tellings", **found)["issue"]
    assert town.issue(issue)["status"] == "handled"
    assert town.issue(issue)["next_due_at"] is None
    town.until(lambda: town.month(month)["on_the_spot"] == before + 1)
    playbooks = {one["category"]["code"]: one for one in town.asks("he", "playbooks")["items"]}
    scheme = "litter loose_play_equipment notice lift_stopped wall_tile marble street_lamp dirt"
    assert {*scheme.split(), "pipe_leak"} <= set(playbooks)
    assert all(playbooks[code]["first_actions"] for code in scheme.split())


# --- 一: the two numbers ------------------------------------------------------------------------


def test_the_same_customer_with_the_same_problem_is_a_repeat(town: Town) -> None:
    town.next_day("08:00")
    home = {"name": "吴女士", "phones": ["13900000001"]}
    town.says("ke", "customers/wu", **home)
    caller = {"kind": "customer", "name": "吴女士", "customer": "wu"}
    first = town.tells(caller)
    town.goes_to(town.now + timedelta(days=29))
    second = town.tells(caller)
    town.until(lambda: "repeat_found" in town.kinds(second))
    assert "repeat_found" not in town.kinds(first)
    town.goes_to(town.now + timedelta(days=31))
    third = town.tells(caller)
    after = town.tells("he")
    town.until(lambda: "copy_sent" in town.kinds(after))  # the stages have read on
    assert "repeat_found" not in town.kinds(third)


# --- 五.2: reward, punishment, months -----------------------------------------------------------


def test_an_objection_at_the_last_minute_holds_the_month_open(town: Town) -> None:
    town.next_day("09:00")
    following = (town.today.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = following - timedelta(days=1)
    month = last.isoformat()[:7]
    town.goes_to(max(town.now, town.at("09:00", on=last)))
    issue = town.tells("chen")
    complaint = {"kind": "complaint", "words": "态度差", "person": "chen", "issue": issue}
    town.says("ke", "feedback", **complaint)
    town.until(lambda: _complained(town, "chen"))
    (proposal,) = _complained(town, "chen")
    assert town.asks("chen", "merit/ledger/mine")["balance"] == 0
    town.goes_to(town.at("23:59", on=last))
    town.says("chen", f"merit/proposals/{proposal}/object", words="当时在处理另一件")
    town.next_day("10:00")
    town.refused("objections_open", "gu", f"months/{month}/close")
    town.says("gu", f"merit/proposals/{proposal}/answer", words="已核对监控")
    decision = {"proposal": proposal, "decision": "refused", "reason": "情况属实，不予扣分"}
    town.says("gu", "merit/decisions", items=[decision])
    assert town.asks("chen", "merit/ledger/mine")["balance"] == 0

    town.says("gu", f"months/{month}/close")
    made, again = (town.asks("gu", f"months/{month}")["report"] for _ in range(2))
    assert made == again
    told = dict(zip(made["measures"], made["whole"]["counts"], strict=True))["told"]
    opened = town.asks("gu", f"months/{month}/cells/all.told./issues", limit=200)
    assert opened["n"] == len(opened["items"]) == told > 0
    lines = town.asks("ke", f"months/{month}/register", limit=200)["items"]
    first = [one["first_reporter"]["person"] for one in lines if one["number"] == issue]
    assert [(one["code"], one["unit"]["code"]) for one in first] == [("chen", "office")]
    panels = [one["panel"] for one in town.asks("gu", "panels", month=month)["items"]]
    assert panels == ["feedback", "recordings", "counts", "complaints", "inspections"]


def _complained(town: Town, who: str) -> list[int]:
    """What the machine proposes about somebody because of a complaint."""
    mine = town.asks(who, "merit/mine")["items"]
    return [one["number"] for one in mine if one["evidence"][0]["kind"] == "complained"]


# --- 五.3 and the ruling of the sentence --------------------------------------------------------


def test_a_briefing_says_who_has_not_and_asks_again_when_it_changes(town: Town) -> None:
    town.next_day("08:00")
    said = {"sort": "meeting", "title": "早会", "words": "雨季巡查", "units": ["green"]}
    number = town.says("gao", "briefings", **said)["number"]
    path = f"briefings/{number}"
    town.says("he", f"{path}/acknowledge", version=1)
    missing = {one["code"] for one in town.asks("gao", f"{path}/audience")["missing"]}
    assert missing == {"xu", "yu"}
    town.says("gao", f"{path}/versions", **{**said, "words": "雨季加巡一次"})
    missing = {one["code"] for one in town.asks("gao", f"{path}/audience")["missing"]}
    assert missing == {"he", "xu", "yu"}


def test_each_issue_says_which_rule_who_next_and_when(town: Town) -> None:
    town.next_day("08:00")
    issue = town.tells("chen", urgency="urgent")
    sentence = town.issue(issue)["sentence"]
    assert "五.1(3)②" in sentence["zh"]
    assert f"{town.today.isoformat()} 24:00" in sentence["zh"]
