"""The oracle itself: what is lost or doubled in a journal and a database made by hand is seen."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.prove import oracle
from tests.prove.oracle import Press

SOURCE = "/storm/access_control/storm-01"


class Books:
    """A station's journal and a centre's database, without the keys that would keep it sound."""

    def __init__(self, folder: Path) -> None:
        self.journal = folder / "native.journal"
        self.journal.touch()
        self.url = f"sqlite:///{folder / 'store.sqlite'}"
        self._engine = sa.create_engine(self.url)
        self._do(
            "CREATE TABLE device_event (site, source, event_id, device, type, call_key, data)",
            "CREATE TABLE report (site, number, issue, device, call_key)",
        )

    def tells(self, *events: str, receipted: Sequence[str] = ()) -> None:
        with self.journal.open("a") as file:
            for event in events:
                told = {"id": event, "source": SOURCE, "type": "intercom.ringing"}
                file.write(json.dumps({"topic": "…", "told": told}) + "\n")
            for event in receipted:
                file.write(json.dumps({"receipt": event}) + "\n")

    def logs(self, event: str, *, call: str | None = None, data: str = "{}") -> None:
        self._do(
            "INSERT INTO device_event VALUES ('storm', :source, :event, 'storm-01',"
            " 'intercom.ringing', :call, :data)",
            source=SOURCE,
            event=event,
            call=call or f"call of {event}",
            data=data,
        )

    def reports(self, number: int, *, issue: int, call: str) -> None:
        self._do(
            "INSERT INTO report VALUES ('storm', :number, :issue, 'storm-01', :call)",
            number=number,
            issue=issue,
            call=call,
        )

    def keeps(self, number: int, event: str) -> None:
        self.logs(event)
        self.reports(number, issue=number, call=f"call of {event}")

    def judged(self) -> oracle.Verdict:
        return oracle.judge(oracle.told(self.journal), oracle.held(oracle.read_only(self.url)))

    def _do(self, *statements: str, **values: object) -> None:
        with self._engine.begin() as connection:
            for statement in statements:
                connection.execute(sa.text(statement), values)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path)


def test_books_that_agree_are_in_order(books: Books) -> None:
    books.tells("e1", "e2", receipted=["e1", "e2"])
    books.keeps(1, "e1")
    books.keeps(2, "e2")
    assert books.judged() == oracle.Verdict(events=2, lost=0, receipted_but_lost=0, doubled=0)


def test_an_event_that_never_arrived_is_lost(books: Books) -> None:
    books.tells("e1", "e2", "e3", receipted=["e1", "e2"])
    books.keeps(1, "e1")
    judged = books.judged()
    assert (judged.lost, judged.receipted_but_lost) == (2, 1)


def test_an_event_without_a_report_is_lost(books: Books) -> None:
    books.tells("e1", receipted=["e1"])
    books.logs("e1")
    judged = books.judged()
    assert (judged.lost, judged.receipted_but_lost) == (1, 1)


def test_two_rows_of_one_event_are_doubled(books: Books) -> None:
    books.tells("e1")
    books.keeps(1, "e1")
    books.logs("e1")
    assert books.judged().doubled == 1


def test_two_reports_and_two_issues_of_one_call_are_doubled(books: Books) -> None:
    books.tells("e1")
    books.keeps(1, "e1")
    books.reports(2, issue=2, call="call of e1")
    assert books.judged().doubled == 2


def test_an_event_that_nobody_told_is_doubled(books: Books) -> None:
    books.tells("e1")
    books.keeps(1, "e1")
    books.keeps(2, "e9")
    assert books.judged().doubled == 1


def test_half_a_line_at_the_end_was_never_sent(books: Books) -> None:
    books.tells("e1")
    with books.journal.open("a") as file:
        file.write('{"topic":"…","told":{"id":"e2"')
    assert oracle.told(books.journal).events == {(SOURCE, "e1")}


def test_presses_without_ids_are_counted_by_the_calls_number(books: Books) -> None:
    books.logs("invite", call="first", data='{"call_id": "1"}')
    books.logs("light", call="first")
    books.reports(1, issue=1, call="first")
    books.reports(2, issue=2, call="first")
    pressed = Counter({Press("storm-01", "1"): 1, Press("storm-01", "2"): 1})
    opened = oracle.presses(oracle.read_only(books.url))
    judged = oracle.judge_presses(pressed, opened)
    assert (judged.events, judged.lost, judged.doubled) == (2, 1, 1)
