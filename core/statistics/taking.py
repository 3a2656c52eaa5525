"""Reading entries into facts, and what that changes in the sums: pure, so a recount is the same."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.facts.issue import IssueNumber
from core.facts.journal.said import Said
from core.facts.month import IssueFact, Objection, Occurrence, Row, Values
from core.statistics import counting, folding, occurring
from core.statistics.office import Body, Office

_OBJECTIONS = frozenset({"objected", "objection_answered", "proposal_withdrawn"})
#: Bodies are canonical: nothing stands before or behind them that would have to be looked for.
_read = json.JSONDecoder().raw_decode
#: Kinds of entries that statistics read; all others are passed over.
READ = folding.READ | occurring.READ | _OBJECTIONS


@dataclass(slots=True)
class Changes:
    """What is added to sums, values and customers; what is taken away is negative."""

    counts: dict[Row, Counter[str]] = field(default_factory=dict)
    values: dict[Values, Counter[int]] = field(default_factory=dict)
    #: (customer, row) → problems and, of these, repeats.
    customers: dict[tuple[str, Row], list[int]] = field(default_factory=dict)

    def count(self, row: Row, measure: str, many: int) -> None:
        """Add to one sum."""
        self.counts.setdefault(row, Counter())[measure] += many

    def take(self, facts: Iterable[tuple[IssueFact, int]]) -> None:
        """Add all that issues add (1), or take it away again (-1)."""
        alike: dict[tuple[object, ...], tuple[IssueFact, list[int]]] = {}
        for fact, many in facts:
            shape = counting.shape(fact)
            one = alike.get(shape)
            if one is None:
                one = alike[shape] = (fact, [0])
            one[1][0] += many
            self._take_values(fact, many)
        for fact, (many,) in alike.values():
            for row in counting.rows(fact) if many else ():
                for measure, n in counting.measures(fact).items():
                    self.count(row, measure, many * n)

    def _take_values(self, fact: IssueFact, many: int) -> None:
        for group, value in counting.values(fact):
            counted = self.values.get(group)
            if counted is None:
                counted = self.values[group] = Counter()
            counted[value] += many
        for row in counting.customer_rows(fact):
            assert fact.customer is not None
            told = self.customers.setdefault((fact.customer, row), [0, 0])
            told[0] += many
            told[1] += many * fact.repeat

    def occurred(self, many: Iterable[Occurrence]) -> None:
        """Add occurrences; none is ever taken away. In a storm nearly all are alike."""
        alike: dict[tuple[object, ...], list[Occurrence]] = {}
        for one in many:
            alike.setdefault(counting.kind(one), []).append(one)
        for ones in alike.values():
            for row in counting.rows_of(ones[0]):
                self.count(row, ones[0].measure, len(ones))


@dataclass(slots=True, kw_only=True)
class Taken:
    """What a stretch of the journal came to."""

    facts: dict[IssueNumber, IssueFact] = field(default_factory=dict)
    occurrences: list[Occurrence] = field(default_factory=list)
    #: By proposal; None: it is open no more.
    objections: dict[str, Objection | None] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)


def issues_of(entry: Said) -> set[IssueNumber]:
    """Return the issues whose facts an entry looks at."""
    if entry.kind not in _OF_SEVERAL:
        return {entry.issue}
    return {entry.issue, _first(json.loads(entry.body))}


def take(
    entries: Iterable[Said], *, known: Mapping[IssueNumber, IssueFact], office: Office
) -> Taken:
    """Read entries in their order into the facts that are known; return what changed.

    :param known: the facts, as they stand, of all issues that the entries speak of.
    """
    taken = Taken()
    for entry in entries:
        body, _ = _read(entry.body)
        fact = taken.facts.get(entry.issue) or known.get(entry.issue)
        if entry.kind in folding.READ:
            now = _folded(entry, body, fact, office, _other(entry, body, taken, known))
            if now is not None and now is not fact:
                taken.facts[entry.issue] = now
        elif entry.kind in _OBJECTIONS:
            proposal = str(body["proposal"])
            taken.objections[proposal] = (
                Objection(proposal=proposal, issue=entry.issue, raised_at=entry.at)
                if entry.kind == "objected"
                else None
            )
        else:
            occurred = occurring.occurrence(entry, body, fact, office)
            if occurred is not None:
                taken.occurrences.append(occurred)
    taken.changes.occurred(taken.occurrences)
    before = [(known[number], -1) for number in taken.facts if number in known]
    taken.changes.take([*before, *((fact, 1) for fact in taken.facts.values())])
    return taken


def _folded(
    entry: Said, body: Body, fact: IssueFact | None, office: Office, other: IssueFact | None
) -> IssueFact | None:
    if fact is None:
        return folding.begun(entry, body, office)
    if entry.kind == "absorbed":
        return folding.absorbed(fact, other, entry, body)
    if entry.kind == "split_off":
        return folding.parted(fact, other, entry, body)
    return folding.after(fact, entry, body, office)


def _other(
    entry: Said, body: Body, taken: Taken, known: Mapping[IssueNumber, IssueFact]
) -> IssueFact | None:
    if entry.kind not in _OF_SEVERAL:
        return None
    number = _first(body)
    return taken.facts.get(number) or known.get(number)


#: Entries that say which issues go on in one.
_OF_SEVERAL = frozenset({"absorbed", "split_off"})


def _first(body: Body) -> IssueNumber:
    """Return the issue told first of those that go on in one; of old entries the other of two."""
    return IssueNumber(body.get("first", body["issue"]))
