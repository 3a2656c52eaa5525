"""What happened and is counted by itself: a step, a missed day, a complaint. Pure."""

from collections.abc import Callable, Mapping

from core.facts.journal.said import Said
from core.facts.month import OF_OCCURRENCES, OF_PROMISES, IssueFact, MonthCode, Occurrence
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.statistics.office import Body, Office

#: What an entry is counted as, by its kind and what it says; None: not at all.
_Measure = Callable[[Body], str | None]


def _always(measure: str) -> _Measure:
    return lambda _body: measure


def _reviewed(body: Body) -> str | None:
    return f"reviews_{body['verdict']}"


def _inspected(body: Body) -> str | None:
    return f"inspected_{body['result']}"


def _judged(body: Body) -> str | None:
    solved = body.get("solved")
    if solved is None:
        return None
    return "judged_solved" if solved else "judged_not_solved"


def _kept(body: Body) -> str | None:
    return None if body["late"] else "promises_kept"


_MEASURES: Mapping[str, _Measure] = {
    "escalated": _always("escalations"),
    "escalated_by_hand": _always("escalations_by_hand"),
    "follow_up_missed": _always("missed"),
    "copy_overdue": _always("copies_overdue"),
    "alert_unanswered": _always("alerts_unanswered"),
    "complained": _always("complaints"),
    "aggrieved": _always("grievances"),
    "praised": _always("praises"),
    "reporter_told": _always("told_back"),
    "customer_judged": _judged,
    "reviewed": _reviewed,
    "inspected": _inspected,
    "promise_kept": _kept,
    "promise_broken": _always("promises_broken"),
}
#: The kinds of entries that are counted by themselves.
READ = frozenset(_MEASURES)

_COUNTED = frozenset((*OF_OCCURRENCES, *OF_PROMISES))
#: What belongs to the day it says, though it is written down once that has ended.
_OF_THE_DAY = frozenset({"missed", "promises_broken"})

#: Who is not named in these is not meant: a complaint of a unit is none of who first reported.
_OF_WHOM_IT_NAMES = frozenset({"complained", "aggrieved", "praised", "inspected"})
#: Where an entry names whom it is about, rather than the issue's first reporter.
_ABOUT = ("person", "of", "to")


def occurrence(
    entry: Said, body: Body, fact: IssueFact | None, office: Office
) -> Occurrence | None:
    """Return what is counted of an entry, with the issue's facts as they stood then."""
    of_kind = _MEASURES.get(entry.kind)
    measure = of_kind(body) if of_kind else None
    if measure not in _COUNTED:
        return None
    about = next((body[name] for name in _ABOUT if isinstance(body.get(name), str)), None)
    owner = fact.person if fact and entry.kind not in _OF_WHOM_IT_NAMES else None
    person = PersonCode(about) if about else owner
    unit = body.get("unit") or office.unit(person, entry.seq)
    said_place = body.get("place")
    return Occurrence(
        seq=entry.seq,
        issue=entry.issue,
        measure=measure,
        at=entry.at,
        month=MonthCode(body["on"][:7]) if measure in _OF_THE_DAY else office.month(entry.at),
        person=person,
        unit=unit,
        channel=fact.channel if fact else None,
        category=fact.category if fact else None,
        place=PlaceCode(said_place) if said_place else fact.place if fact else None,
    )
