"""五.2(3): weeks of an office played at random over the wire, then counted by hand, cell by cell.

The dice begin alike in every run. What an act answers is not looked at here, but that it is an
answer: a refusal is as good a day as any other. The journal is what is counted.
"""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.auth import COOKIE
from core.facts.device import EventType
from core.facts.month import MEASURES
from core.facts.people import Role
from core.facts.rules import Rules
from core.store.database import Database
from tests import recounted
from tests.api.running import PEOPLE, Centre, HandClock

SITE = "garden"
#: From 28 November on, over the month's end, for two weeks and more.
BEGINS = datetime(2026, 11, 28, 1, tzinfo=UTC)
ACTS = 100
PLACES = ["site", "3", "3-2"]
CATEGORIES = ["litter", "street_lamp", "pipe_leak", "dirt", "notice"]
STAFF = ["guard-7", "cleaner-3", "engineer-1", "leader-2", "on-site-1"]
#: What these weeks have seen for certain, or the dice proved little.
SEEN = {
    "told", "merged", "dismissed", "problems", "found_staff", "found_device", "found_customer",
    "on_the_spot", "accepted", "ended", "standing", "reopened", "escalations", "missed",
    "complaints", "told_back", "judged_solved", "judged_not_solved", "customers",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def centre(file: Path, clock: HandClock, rules: Rules) -> Iterator[Centre]:
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    clock.forward(seconds=(BEGINS - clock.now()).total_seconds())
    running = Centre.start(database, clock=clock)
    yield running
    running.stop()
    database.close()


def test_weeks_played_at_random_are_as_counted_by_hand(
    centre: Centre, clock: HandClock, file: Path
) -> None:
    weeks = Weeks(centre, clock)
    weeks.play()
    centre.stop()  # nobody writes any more
    centre.office.tick()

    counted = [recounted.check(file, site=SITE, month=month) for month in ("2026-11", "2026-12")]

    seen = {measure for one in counted for _, _, measure in one.cells}
    assert seen >= SEEN, SEEN - seen
    assert seen <= set(MEASURES)


class Weeks:
    """An office whose people do what the dice say."""

    def __init__(self, centre: Centre, clock: HandClock) -> None:
        self.centre, self.clock = centre, clock
        self.dice = random.Random("an office in December")
        self.browsers: dict[Role, tuple[httpx.Client, datetime]] = {}
        #: Issues and reports that are known, the newest last.
        self.issues: list[int] = []
        self.reports: list[int] = []
        self.inspections: list[int] = []

    def play(self) -> None:
        for code, name in (("c-1", "王"), ("c-2", "李")):
            self.does(Role.DESK_AGENT, f"customers/{code}", name=name, phones=[f"1380000{code}"])
        acts: list[tuple[int, Callable[[], None]]] = [
            (9, self.rings), (6, self.is_telephoned), (4, self.finds), (2, self.device_fails),
            (12, self.desk_works), (6, self.ends), (2, self.reopens), (2, self.corrects),
            (2, self.ties), (4, self.merges), (3, self.splits), (1, self.unmarks),
            (4, self.customer_says), (3, self.told_back), (3, self.inspects), (1, self.by_hand),
            (2, self.follows_up), (1, self.moves_unit), (2, self.joins),
        ]  # fmt: skip
        weights = [weight for weight, _ in acts]
        for _ in range(ACTS):
            (act,) = self.dice.choices([one for _, one in acts], weights)
            act()
            if self.dice.random() < 0.45:
                self.time_passes()
        self.for_certain()
        self.time_passes()

    def for_certain(self) -> None:
        """Do once what the dice might have left out."""
        agent = Role.DESK_AGENT
        here, there = self.opened(kind="customer", name="王"), self.opened(kind="unknown")
        for issue in (here, there):
            self.does(agent, f"issues/{issue}/accept")
        self.does(agent, f"issues/{there}/merge", into=here, reason="同一件事")
        for solved in (False, True):
            self.does(agent, f"issues/{here}/handled", how="修好了")
            self.does(agent, f"issues/{here}/told", **self.told(), solved=solved)
        self.does(agent, "feedback", kind="complaint", words="太慢", unit="clean", issue=here)
        spot = {"place": "3-2", "category": "dirt", "words": "脏", "how": "擦掉了"}
        self.does(Role.GUARD, "tellings", **spot)
        nothing = {"cause": "test", "reason": "试机"}
        report = self.centre.ring()
        self.does(Role.OPERATOR, f"reports/{report}/claim")
        self.does(Role.OPERATOR, f"reports/{report}/dismiss", **nothing)
        self.centre.delivers(self.centre.event(EventType.TAMPER_RAISED))

    def opened(self, **caller: str) -> int:
        said = self.what() | {"channel": "telephone", "caller": caller, "category": "dirt"}
        return int(self.does(Role.DESK_AGENT, "issues", **said)["number"])

    # --- what people do -------------------------------------------------------------------------

    def rings(self) -> None:
        report = self.centre.ring()
        self.reports.append(report)
        self.does(Role.OPERATOR, f"reports/{report}/claim")
        roll = self.dice.random()
        if roll < 0.1:
            self.does(
                Role.OPERATOR, f"reports/{report}/dismiss", cause=self.one("test", "other"),
                reason="看过",
            )  # fmt: skip
            return
        done = self.does(Role.OPERATOR, f"reports/{report}/complete", **self.what())
        self.issues.append(done["issue"])
        if roll < 0.25:
            self.does(Role.DIRECTOR, f"issues/{done['issue']}/waive-steps", reason="演练")
            self.does(Role.OPERATOR, f"reports/{report}/handled", how="处理了")
        elif roll < 0.9:
            self.does(Role.OPERATOR, f"reports/{report}/forward")

    def is_telephoned(self) -> None:
        told_at = self.clock.now() - timedelta(minutes=self.dice.randint(0, 3_000))
        hops, at = [], told_at
        for name in ["小陈", "班长", "队长", "主任助理"][: self.dice.randint(0, 4)]:
            at += (self.clock.now() - at) / 3
            hops.append({"by": name, "to": "客服", "means": "telephone", "told_at": at.isoformat()})
        said = {
            "channel": self.one("telephone", "walk_in", "squad_leader", "captain"),
            "told_at": told_at.isoformat(),
            "relays": hops,
            **self.what(),
        }
        found = self.does(Role.DESK_AGENT, "issues", **said)
        if "number" in found:
            self.issues.append(found["number"])

    def finds(self) -> None:
        role = self.one(Role.GUARD, Role.CLEANER, Role.ENGINEER)
        how = "当场清掉" if self.dice.random() < 0.4 else None
        said = self.what()
        found = self.does(
            role, "tellings", place=said["place"], category=said["category"], words="发现", how=how
        )
        if "issue" in found:
            self.issues.append(found["issue"])

    def device_fails(self) -> None:
        kind = self.one(
            EventType.DEVICE_SILENT, EventType.DEVICE_BACK, EventType.DOOR_FORCED,
            EventType.DOOR_CLOSED,
        )  # fmt: skip
        self.centre.delivers(self.centre.event(kind))

    def desk_works(self) -> None:
        issue = self.some_issue()
        self.does(Role.DESK_AGENT, f"issues/{issue}/accept")
        if self.dice.random() < 0.4:
            self.does(Role.DESK_AGENT, f"issues/{issue}/assign", to="engineer-1")

    def ends(self) -> None:
        issue = self.some_issue()
        self.does(Role.DIRECTOR, f"issues/{issue}/waive-steps", reason="现场已看")
        self.does(Role.DESK_AGENT, f"issues/{issue}/handled", how="修好了")
        if self.dice.random() < 0.7:
            self.does(Role.DIRECTOR, f"issues/{issue}/waive-pictures", reason="现场已看")
            self.does(Role.DESK_AGENT, f"issues/{issue}/told", **self.told())
            outcome = self.one("solved", "cannot", "passed_on", "handled_on_the_spot")
            self.does(Role.DESK_AGENT, f"issues/{issue}/close", outcome=outcome, words="已回复")

    def reopens(self) -> None:
        self.does(Role.DESK_AGENT, f"issues/{self.some_issue()}/reopen", reason="还是不行")

    def corrects(self) -> None:
        who = self.one({"person": self.one(*STAFF)}, {"name": "周女士"})
        path = f"issues/{self.some_issue()}/correct-first-reporter"
        self.does(Role.GENERAL_GROUP_SUPERVISOR, path, **who, reason="听错了")

    def ties(self) -> None:
        if self.reports:
            report = self.dice.choice(self.reports[-6:])
            self.does(
                Role.DESK_AGENT, f"reports/{report}/customer", customer=self.one("c-1", "c-2")
            )

    def merges(self) -> None:
        one, other = self.some_issue(), self.some_issue()
        self.does(Role.DESK_AGENT, f"issues/{one}/merge", into=other, reason="同一件事")

    def splits(self) -> None:
        self.does(Role.DESK_AGENT, f"issues/{self.some_issue(30)}/split", reason="两件事")

    def unmarks(self) -> None:
        self.does(Role.DESK_AGENT, f"issues/{self.some_issue()}/unmark-repeat", reason="不同的事")

    def joins(self) -> None:
        self.does(
            Role.OPERATOR, f"issues/{self.some_issue()}/tellings", channel="telephone",
            **self.what(),
        )  # fmt: skip

    def customer_says(self) -> None:
        about = self.one(
            {"person": self.one(*STAFF)}, {"unit": self.one("clean", "office")}, {},
        )  # fmt: skip
        issue = {"issue": self.some_issue()} if self.dice.random() < 0.7 else {}
        kind = self.one("praise", "complaint", "grievance")
        self.does(Role.DESK_AGENT, "feedback", kind=kind, words="说了", **about, **issue)

    def told_back(self) -> None:
        said = self.told() | {"solved": self.one(True, False, None)}
        self.does(Role.DESK_AGENT, f"issues/{self.some_issue()}/told", **said)

    def inspects(self) -> None:
        supervisor = Role.GENERAL_GROUP_SUPERVISOR
        planned = self.does(
            supervisor, "inspections", month=self.clock.now().isoformat()[:7], places=PLACES,
            categories=CATEGORIES, many=3, inspector="supervisor",
        )  # fmt: skip
        for one in planned.get("items", ())[:1]:  # as many throws whatever the lot draws
            self.does(
                supervisor, f"inspections/{one['number']}/result",
                result=self.one("in_order", "found", "not_handled"), words="看了",
                category="litter", **self.one({"person": "cleaner-3"}, {"unit": "clean"}, {}),
            )  # fmt: skip

    def by_hand(self) -> None:
        path = f"issues/{self.some_issue()}/escalate"
        self.does(Role.DESK_AGENT, path, reason="等不及", roles=["director"])

    def follows_up(self) -> None:
        role = self.one(Role.GUARD, Role.ENGINEER, Role.ON_SITE_SUPERVISOR)
        self.does(role, f"followups/{self.some_issue()}", word="still_open", words="还在等")

    def moves_unit(self) -> None:
        person = self.one("guard-7", "engineer-1")
        role = "guard" if person == "guard-7" else "engineer"
        browser = self.browser(Role.ADMINISTRATOR)
        said = {"name": person, "unit": self.one("clean", "office"), "roles": [role]}
        answer = browser.put(f"/api/v1/administration/people/{person}", json=said)
        assert answer.status_code < 500, answer.text

    # --- how ------------------------------------------------------------------------------------

    def time_passes(self) -> None:
        self.clock.forward(minutes=self.one(1, 20, 75, 400, 900))
        self.centre.office.now = self.clock.now()
        self.centre.office.tick()

    def what(self) -> dict[str, Any]:
        caller = self.one(
            {"kind": "customer", "name": "王", "customer": "c-1"},
            {"kind": "customer", "name": "赵", "phone": self.one("138 0000 1111", "13800001111")},
            {"kind": "customer", "name": "钱", "place": "3-2"},
            {"kind": "staff", "person": self.one(*STAFF)},
            {"kind": "unknown"},
        )
        return {
            "caller": caller,
            "place": self.one(*PLACES),
            "category": self.one(*CATEGORIES),
            "words": self.one("垃圾没人收", "路灯又不亮了", "水一直在漏"),
        }

    def told(self) -> dict[str, Any]:
        return {"whom": "住户", "how": "telephone", "words": "已告知"}

    def some_issue(self, among: int = 14) -> int:
        newest = max(self.issues, default=1)
        return self.dice.randint(max(1, newest - among), newest)

    def one(self, *of: Any) -> Any:
        return self.dice.choice(of)

    def browser(self, role: Role) -> httpx.Client:
        """Return his browser; sessions last twelve hours."""
        known = self.browsers.get(role)
        if known is None or known[1] < self.clock.now() - timedelta(hours=8):
            client = known[0] if known else self.centre.anybody()
            client.cookies.set(COOKIE, self.centre.session(PEOPLE[role]))
            known = self.browsers[role] = (client, self.clock.now())
        return known[0]

    def does(self, role: Role, path: str, **said: Any) -> dict[str, Any]:
        answer = self.browser(role).post(f"/api/v1/{path}", json=said)
        assert answer.status_code < 500, f"{path} {said}: {answer.text}"
        assert answer.status_code not in {401, 405, 429}, f"{path} {said}: {answer.text}"
        found = answer.json()
        assert isinstance(found, dict)
        return found if answer.is_success else {}
