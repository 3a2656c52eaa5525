"""Whom a place alerts next: nobody twice, one at a time, all at once for life safety."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.alerting import policy
from core.facts.alert import Alert, AlertState
from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, Role

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PEOPLE = [PersonCode(f"p{number}") for number in range(6)]
CANDIDATES = [(person, Role.GUARD) for person in PEOPLE]


def alert(person: PersonCode, state: AlertState) -> Alert:
    return Alert(
        id=1,
        site=SiteCode("garden"),
        issue=IssueNumber(1),
        category=CategoryCode("lift_stopped"),
        person=person,
        post=Role.GUARD,
        asked_at=NOW,
        due_at=NOW,
        state=state,
        answered_at=None,
    )


@given(
    asked=st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(AlertState)),
    at_once=st.booleans(),
)
def test_nobody_is_alerted_twice_nor_while_one_comes(
    *, asked: dict[PersonCode, AlertState], at_once: bool
) -> None:
    alerts = [alert(person, state) for person, state in asked.items()]
    fresh = [person for person, _ in policy.next_alerted(alerts, CANDIDATES, at_once=at_once)]

    assert not set(fresh) & set(asked)
    assert fresh == [person for person in PEOPLE if person in fresh]
    if AlertState.COMING in asked.values():
        assert fresh == []
    elif not at_once:
        assert len(fresh) <= (AlertState.WAITING not in asked.values())
    else:
        assert set(fresh) | set(asked) == set(PEOPLE)


@given(asked=st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(AlertState)))
def test_the_search_ends_with_somebody_or_says_that_nobody_comes(
    asked: dict[PersonCode, AlertState],
) -> None:
    alerts = [alert(person, state) for person, state in asked.items()]
    more = policy.next_alerted(alerts, CANDIDATES, at_once=False)
    waits = AlertState.WAITING in asked.values()
    comes = AlertState.COMING in asked.values()

    if alerts and not more and not waits and not comes:
        assert policy.nobody_comes(alerts)
    if waits or comes:
        assert not policy.nobody_comes(alerts)
