"""五.2: whatever is decided, objected to and answered, the ledger is the sum of decisions."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.errors import CoreError, NotAllowedNow, NotPermitted
from core.facts.merit import Decision, ObjectionState
from core.facts.people import PersonCode
from core.rules import rules as office_rules
from core.scoring import deciding, objecting
from core.scoring.deciding import Choice
from core.store.database import Database
from tests.merits import balance, writes
from tests.office import CLEANER, DIRECTOR, GUARD, Office

PEOPLE = (GUARD, CLEANER, DIRECTOR)
KINDS = ("Praised", "Complained", "Aggrieved")


class Merit(RuleBasedStateMachine):
    """A model of each proposal beside the real store."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="merit-"))
        self.database = Database.open(f"sqlite:///{self.folder}/s.sqlite", rules=office_rules())
        self.database.migrate()
        self.office = Office(self.database)
        #: By proposal: what counts, whether it may be decided, and the objection.
        self.counts: dict[int, int] = {}
        self.open: dict[int, bool] = {}
        self.objection: dict[int, ObjectionState] = {}
        self.until: dict[int, Any] = {}
        self.lines = 0

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @rule(kind=st.sampled_from(KINDS), person=st.sampled_from(PEOPLE))
    def something_happens(self, kind: str, person: PersonCode) -> None:
        writes(self.office, kind, person=person, words="如实")
        self.office.tick()
        for one in self._all():
            if one.id not in self.counts:
                self.counts[one.id] = 0
                self.open[one.id] = True
                self.objection[one.id] = ObjectionState.NONE
                self.until[one.id] = one.objection_until

    @rule(days=st.integers(1, 5))
    def time_passes(self, days: int) -> None:
        self.office.now += timedelta(days=days)

    @precondition(lambda self: self.counts)
    @rule(data=st.data(), decision=st.sampled_from(Decision), points=st.integers(-20, 20))
    def the_director_decides(self, data: st.DataObject, decision: Decision, points: int) -> None:
        one = self._pick(data)
        choice = Choice(
            proposal=one.id,
            decision=decision,
            reason="查实",
            points=points if decision is Decision.CHANGED else None,
        )
        waits = self.objection[one.id] is ObjectionState.OPEN
        may = one.person != DIRECTOR and not waits and self.open[one.id]
        self._expect(may, deciding.decide, choice=choice, by=DIRECTOR)
        if may:
            self.open[one.id] = False
            self.counts[one.id] = {
                Decision.APPROVED: one.points,
                Decision.CHANGED: points,
                Decision.REFUSED: 0,
            }[decision]

    @precondition(lambda self: self.counts)
    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def somebody_objects(self, data: st.DataObject, by: PersonCode) -> None:
        one = self._pick(data)
        may = (
            one.person == by
            and self.objection[one.id] is ObjectionState.NONE
            and self.office.now <= self.until[one.id]
        )
        self._expect(may, objecting.object_to, proposal=one.id, by=by, words="不符")
        if may:
            self.objection[one.id] = ObjectionState.OPEN

    @precondition(lambda self: self.counts)
    @rule(data=st.data())
    def the_director_answers(self, data: st.DataObject) -> None:
        one = self._pick(data)
        waits = self.objection[one.id] is ObjectionState.OPEN
        may = one.person != DIRECTOR and waits
        self._expect(may, objecting.answer, proposal=one.id, by=DIRECTOR, words="已核")
        if may:
            self.objection[one.id] = ObjectionState.ANSWERED
            self.open[one.id] = True

    @invariant()
    def a_balance_is_the_sum_of_what_was_decided(self) -> None:
        people = {one.id: one.person for one in self._all()}
        for person in PEOPLE:
            expected = sum(n for number, n in self.counts.items() if people[number] == person)
            assert balance(self.office, person) == expected

    @invariant()
    def the_ledger_is_only_added_to_and_told_by_the_journal(self) -> None:
        with self.database.read() as store:
            lines = store.ledger.page(self.office.site, limit=10_000)
            entered = [one for one in store.journal.all(self.office.site) if one.kind == "entered"]
        assert len(lines) >= self.lines
        assert len(lines) == len(entered)
        self.lines = len(lines)

    def _expect(self, may: bool, act: Any, **said: Any) -> None:  # noqa: FBT001 - a check's outcome
        if may:
            self.office.does(act, **said)
            return
        try:
            self.office.does(act, **said)
        except (NotAllowedNow, NotPermitted):
            return
        except CoreError as problem:
            raise AssertionError(f"refused for another reason: {problem!r}") from problem
        raise AssertionError("this had to be refused")

    def _all(self) -> Any:
        with self.database.read() as store:
            return [
                one
                for one in store.proposals.page(self.office.site, limit=10_000)
                if one.person is not None
            ]

    def _pick(self, data: st.DataObject) -> Any:
        return data.draw(st.sampled_from(sorted(self._all(), key=lambda one: one.id)))


TestMerit = Merit.TestCase
TestMerit.settings = settings(
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
