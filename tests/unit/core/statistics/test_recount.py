"""Sums kept in step with the journal equal a recount, whatever happened and however it was read."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from core.facts import moment
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, UnitCode
from core.statistics.office import Office
from core.statistics.taking import Changes, Taken, take

START = datetime(2026, 10, 31, 12, tzinfo=UTC)
PEOPLE = ("guard-1", "guard-2", "cleaner-1")
OFFICE = Office(
    zone=ZoneInfo("Europe/Berlin"),
    units={
        PersonCode("guard-1"): UnitCode("office"),
        PersonCode("guard-2"): UnitCode("office"),
        PersonCode("cleaner-1"): UnitCode("clean"),
    },
)


@dataclass(frozen=True, kw_only=True)
class Line:
    seq: int
    issue: IssueNumber
    kind: str
    at: datetime
    by: PersonCode | None
    body: str


CALLERS = st.sampled_from(
    [
        {"caller": "staff", "caller_person": "guard-1"},
        {"caller": "customer", "caller_name": "王", "caller_place": "3-2"},
        {"caller": "customer", "caller_name": "王", "caller_phone": "138 0000"},
        {"caller": "customer", "caller_name": "李"},
        {"caller": "device"},
        {"caller": "unknown"},
    ]
)
SAYS = st.one_of(
    st.tuples(
        st.just("completed"),
        st.builds(
            lambda caller, category, place, urgency: {
                **caller,
                "category": category,
                "place": place,
                "urgency": urgency,
            },
            CALLERS,
            st.sampled_from(["lamp", "litter"]),
            st.sampled_from(["1", "2"]),
            st.sampled_from(["urgent", "ordinary", "life_safety"]),
        ),
    ),
    st.tuples(
        st.just("first_reporter_named"),
        st.builds(
            lambda person, unknown: {"person": person, "to_be_identified": unknown},
            st.sampled_from(PEOPLE),
            st.booleans(),
        ),
    ),
    st.tuples(
        st.just("first_reporter_corrected"),
        st.builds(
            lambda before, after, name: {"before": before, "after": after, "caller_name": name},
            st.sampled_from(PEOPLE),
            st.sampled_from(PEOPLE),
            st.sampled_from([None, "王"]),
        ),
    ),
    st.tuples(st.just("dismissed"), st.sampled_from([{"cause": "test"}, {"cause": "false_alarm"}])),
    st.tuples(st.just("handled"), st.sampled_from([{"on_the_spot": True}, {}])),
    st.tuples(st.just("closed"), st.sampled_from([{"outcome": "solved"}, {"outcome": "cannot"}])),
    st.tuples(st.just("call_moved"), st.sampled_from([{"state": "answered"}, {"state": "missed"}])),
    st.tuples(
        st.just("absorbed"),
        st.builds(
            lambda first: {"issue": 1, "reported_at": moment.text(START), "first": first},
            st.sampled_from([None, 1, 2]),
        ),
    ),
    st.tuples(
        st.just("split_off"),
        st.sampled_from(
            [{"issue": 1, "into": 2}, *({"issue": 1, "into": 2, "first": n} for n in (1, 2, 3))]
        ),
    ),
    st.tuples(st.just("customer_tied"), st.just({"report": 1, "customer": "c-1"})),
    st.tuples(st.just("repeat_found"), st.sampled_from([{"customer": "c-1"}, {}])),
    st.tuples(st.just("complained"), st.sampled_from([{"person": "guard-2"}, {"unit": "clean"}])),
    st.tuples(st.just("follow_up_missed"), st.just({"of": "guard-1", "on": "2026-10-31"})),
    st.tuples(st.just("reviewed"), st.sampled_from([{"verdict": "handled"}, {"verdict": "odd"}])),
    st.tuples(
        st.sampled_from(
            [
                "shown",
                "claimed",
                "taken_over",
                "forwarded",
                "accepted",
                "reopened",
                "escalated",
                "repeat_unmarked",
                "merged",
                "noted",
            ]
        ),
        st.just({}),
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Line]:
    lines: list[Line] = []
    at = START

    def write(issue: int, kind: str, body: dict[str, object]) -> None:
        nonlocal at
        at += timedelta(seconds=draw(st.sampled_from([0, 1, 29, 61, 7_200, 90_000])))
        by = PersonCode(draw(st.sampled_from(PEOPLE))) if draw(st.booleans()) else None
        said = {name: value for name, value in body.items() if value is not None}
        lines.append(
            Line(
                seq=len(lines) + 1,
                issue=IssueNumber(issue),
                kind=kind,
                at=at,
                by=by,
                body=json.dumps(said),
            )
        )

    issues = draw(st.integers(1, 5))
    for issue in range(1, issues + 1):
        told_at = moment.text(at)
        if draw(st.booleans()):
            event = draw(st.sampled_from(["intercom.ringing", "device.silent", "scene.lamp_out"]))
            channel = "intercom" if event.startswith("intercom") else "device"
            write(
                issue,
                "opened",
                {
                    "urgency": "urgent",
                    "event": event,
                    "channel": channel,
                    "device": draw(st.sampled_from(["d1", "d2"])),
                    "told_at": told_at,
                    "place": "1",
                },
            )
        else:
            relays = [f"甲, 乙 → 丙, radio, {told_at}"] * draw(st.integers(0, 4))
            write(
                issue,
                "told",
                {
                    "urgency": "urgent",
                    "channel": "telephone",
                    "told_at": told_at,
                    "relays": relays,
                    **draw(CALLERS),
                },
            )
    for issue, (kind, body) in draw(st.lists(st.tuples(st.integers(0, issues), SAYS), max_size=30)):
        write(issue, kind, body)
    return lines


def added(parts: Iterable[Changes]) -> tuple[dict[object, int], ...]:
    """All changes added up, without what came to nothing."""
    counts: Counter[object] = Counter()
    values: Counter[object] = Counter()
    customers: Counter[object] = Counter()
    for part in parts:
        for row, counter in part.counts.items():
            for measure, many in counter.items():
                counts[row, measure] += many
        for group, counted in part.values.items():
            for value, many in counted.items():
                values[group, value] += many
        for key, (told, repeats) in part.customers.items():
            customers[key, "told"] += told
            customers[key, "repeats"] += repeats
    return tuple(
        {key: many for key, many in one.items() if many} for one in (counts, values, customers)
    )


def in_stretches(lines: Sequence[Line], cuts: Sequence[int]) -> list[Taken]:
    known = dict(take([], known={}, office=OFFICE).facts)
    taken: list[Taken] = []
    edges = sorted({0, len(lines), *(cut % (len(lines) + 1) for cut in cuts)})
    for start, end in pairwise(edges):
        one = take(lines[start:end], known=known, office=OFFICE)
        known.update(one.facts)
        taken.append(one)
    return taken


@settings(max_examples=400, deadline=None)
@given(histories(), st.lists(st.integers(0, 60), max_size=6))
def test_however_the_journal_is_cut_the_sums_are_those_of_a_recount(
    lines: list[Line], cuts: list[int]
) -> None:
    parts = in_stretches(lines, cuts)
    whole = take(lines, known={}, office=OFFICE)

    assert added(one.changes for one in parts) == added([whole.changes])
    assert [one for part in parts for one in part.occurrences] == whole.occurrences
    facts = dict(take([], known={}, office=OFFICE).facts)
    for part in parts:
        facts.update(part.facts)
    assert facts == whole.facts


@settings(max_examples=200, deadline=None)
@given(histories())
def test_the_parts_add_up_to_the_whole(lines: list[Line]) -> None:
    counts = take(lines, known={}, office=OFFICE).changes.counts

    for (month, dimension, _), counter in counts.items():
        if dimension != "all":
            continue
        for part in ("person", "unit", "channel", "category", "place"):
            rows = [one for row, one in counts.items() if row[0] == month and row[1] == part]
            for measure, many in counter.items():
                assert sum(one[measure] for one in rows) == many, (part, measure)
        assert counter["told"] == (counter["problems"] + counter["dismissed"] + counter["merged"])
        found = (counter[f"found_{by}"] for by in ("staff", "device", "customer", "unknown"))
        assert counter["problems"] == sum(found)
