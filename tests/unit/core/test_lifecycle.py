"""What is not in the table cannot happen, and everything in it can be reached and left."""

from itertools import product

import pytest

from core.errors import NotAllowedNow
from core.facts.issue import UNHANDLED, Status
from core.facts.journal import (
    Accepted,
    Closed,
    Dismissed,
    Entry,
    Forwarded,
    Handled,
    Merged,
    Reopened,
)
from core.facts.lifecycle import AFTER, after, possible

ENTRIES = {entry for _, entry in AFTER}


@pytest.mark.parametrize(
    ("status", "entry"),
    [pair for pair in product(Status, sorted(ENTRIES, key=str)) if pair not in AFTER],
)
def test_what_is_not_in_the_table_is_refused(status: Status, entry: type[Entry]) -> None:
    with pytest.raises(NotAllowedNow, match=status):
        after(status, entry)


def test_every_status_is_reached_from_the_first() -> None:
    reached = {Status.REPORTED}
    while more := {to for (at, _), to in AFTER.items() if at in reached} - reached:
        reached |= more
    assert reached == set(Status)


def test_nothing_leaves_the_unhandled_but_by_a_word_of_a_person_or_device() -> None:
    leaving = {
        entry for (at, entry), to in AFTER.items() if at in UNHANDLED and to not in UNHANDLED
    }
    assert leaving == {Handled, Closed, Dismissed, Merged}


def test_whatever_has_ended_can_be_taken_up_again() -> None:
    # What was merged is parted again and gets back what it had, wherever that was.
    for ended in set(Status) - UNHANDLED - {Status.MERGED}:
        assert Reopened in possible(ended)
        assert AFTER[ended, Reopened] in UNHANDLED


def test_the_desk_has_only_what_the_centre_forwarded() -> None:
    assert {at for at, entry in AFTER if entry is Accepted} == {Status.FORWARDED}
    assert {at for at, entry in AFTER if entry is Forwarded} == {Status.REPORTED}
