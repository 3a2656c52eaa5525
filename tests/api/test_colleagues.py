"""The demonstration's two colleagues take a call through as anybody at a console does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.facts.issue import Status
from core.facts.people import Role
from simulators.action import Act, Action
from simulators.colleagues import Colleagues
from tests.api.running import PASSWORD, PEOPLE, Centre, wait_until
from tests.office import DOOR, SECOND_OPERATOR

TAKE = Action(act=Act.TAKE_THROUGH, values={"category": "litter", "words": "门口有垃圾"})


@pytest.fixture
def remarks() -> list[str]:
    return []


@pytest.fixture
def colleagues(centre: Centre, tmp_path: Path, remarks: list[str]) -> Iterator[Colleagues]:
    people = tmp_path / "logins.txt"
    rows = [
        (role.value, "somebody", f"{PEOPLE[role]}@garden", PASSWORD)
        for role in (Role.OPERATOR, Role.DESK_AGENT)
    ]
    people.write_text("".join("\t".join(row) + "\n" for row in rows))
    both = Colleagues(centre.url, people, remark=remarks.append)
    both.start()
    yield both
    both.stop()


def status(centre: Centre, report: int) -> Status:
    office = centre.office
    return office.issue(office.report(report).issue).status  # type: ignore[arg-type]


def test_they_pass_it_on_accept_it_and_say_that_it_is_handled(
    centre: Centre, colleagues: Colleagues, remarks: list[str]
) -> None:
    report = centre.ring()
    colleagues.do(DOOR, TAKE)
    wait_until(lambda: status(centre, report) is Status.ACCEPTED)

    colleagues.do(DOOR, Action(act=Act.SAY_HANDLED, values={"how": "清运完毕"}))
    wait_until(lambda: status(centre, report) is Status.HANDLED)

    assert remarks == []


def test_what_somebody_else_has_taken_they_leave_to_him(
    centre: Centre, colleagues: Colleagues, remarks: list[str]
) -> None:
    report = centre.ring()
    answer = centre.as_(SECOND_OPERATOR).post(f"/api/v1/reports/{report}/claim")
    assert answer.status_code == 200, answer.text
    colleagues.do(DOOR, TAKE)
    wait_until(lambda: remarks)

    assert "left to others" in remarks[0]
    assert status(centre, report) is Status.REPORTED
