"""What a rule proposes, and who may decide, object and answer: pure (五.2)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import Incomplete, NotAllowedNow, NotPermitted
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.merit import (
    FITS,
    Consequence,
    Decision,
    Done,
    Every,
    MeritRule,
    MeritRules,
    ObjectionState,
    Proposal,
    Subject,
)
from core.facts.month import MonthCode
from core.facts.people import Person, PersonCode, Role, UnitCode
from core.scoring.case import Case

#: About whom: a person, or a unit.
About = tuple[Subject, PersonCode | UnitCode]
#: More evidence than this says nothing more; the count stands in the sentence's rule anyway.
_MOST_EVIDENCE = 200
#: No decision gives or takes more.
MOST_POINTS = 1_000


def subject(rule: MeritRule, done: Done, *, units: Collection[UnitCode]) -> About | None:
    """Return whom a rule is about, given what was done; None: nobody it could be about."""
    if rule.subject is Subject.PERSON:
        return (Subject.PERSON, done.person) if done.person is not None else None
    if done.unit is None or done.unit not in units:
        return None
    return Subject.UNIT, done.unit


def name(about: About) -> str:
    """Return a subject's name in a key: a person and a unit may bear the same code."""
    return f"{about[0].value}:{about[1]}"


def proposal(
    site: SiteCode,
    in_force: MeritRules,
    rule: MeritRule,
    about: About,
    *,
    evidence: Sequence[Done],
    month: MonthCode,
    now: datetime,
) -> Proposal:
    """Return what a rule proposes about somebody."""
    kind, code = about
    return Proposal(
        site=site,
        id=0,
        rule=rule.code,
        version=in_force.version,
        person=PersonCode(code) if kind is Subject.PERSON else None,
        unit=UnitCode(code) if kind is Subject.UNIT else None,
        points=rule.points,
        consequence=rule.consequence,
        zh=_counted(rule, rule.zh, len(evidence), "（{}）"),
        en=_counted(rule, rule.en, len(evidence), " ({})"),
        evidence=tuple(one.evidence for one in evidence[:_MOST_EVIDENCE]),
        month=month,
        proposed_at=now,
        proposed_by=None,
        objection_until=now + in_force.objection,
    )


def _counted(rule: MeritRule, words: str, many: int, form: str) -> str:
    return words + form.format(f"{many} ≥ {rule.least}") if rule.every is Every.MONTH else words


def distinct(
    found: Iterable[Done],
    *,
    cases: Mapping[IssueNumber, Case],
    flagged: Collection[IssueNumber],
    zone: ZoneInfo,
) -> list[Done]:
    """Return what counts of all that was found: verified by others, distinct, no trick in it.

    By volume alone nobody wins: of one kind at one place one a day counts, for whoever the first
    reporter is now; what was flagged, repeated, merged or dismissed counts for nobody.
    """
    counted: dict[tuple[object, ...], Done] = {}
    for done in found:
        case = cases.get(done.evidence.issue)
        if case is None or not case.verified or case.issue in flagged:
            continue
        if case.finder != done.person or case.named != done.evidence.seq:
            continue
        day = case.opened_at.astimezone(zone).date()
        counted.setdefault((done.person, case.place, case.category, day), done)
    return list(counted.values())


def of_month(
    in_force: MeritRules, done: Sequence[Done], *, units: Collection[UnitCode]
) -> Iterator[tuple[MeritRule, About, list[Done]]]:
    """Yield what the rules of the month propose, in the order of the rules."""
    for rule in in_force.rules:
        if rule.every is not Every.MONTH:
            continue
        did: dict[About, list[Done]] = {}
        spoilt: set[About] = set()
        for one in done:
            about = subject(rule, one, units=units)
            if about is None:
                continue
            if one.deed is rule.without:
                spoilt.add(about)
            elif one.deed is rule.deed:
                did.setdefault(about, []).append(one)
        for about in sorted(did):
            if len(did[about]) >= rule.least and about not in spoilt:
                yield rule, about, did[about]


# --- who may what -------------------------------------------------------------------------------


def concerned(proposal: Proposal, person: Person) -> bool:
    """Whether a proposal is about this person, or about the unit he works for."""
    if proposal.person is not None:
        return proposal.person == person.code
    return proposal.unit == person.unit


def check_decision(
    proposal: Proposal,
    *,
    by: Person,
    decision: Decision,
    points: int | None,
    consequence: Consequence | None,
    reason: str,
) -> tuple[int, Consequence]:
    """Return the points and the consequence that count after a decision.

    :raises NotPermitted: about himself. :raises Incomplete: no reason; a change without points.
    :raises NotAllowedNow: decided, and no answered objection opens it again; or an objection waits.
    """
    if concerned(proposal, by):
        raise NotPermitted("nobody decides on himself")
    if not reason.strip():
        raise Incomplete("a decision has a reason")
    if proposal.objection is ObjectionState.OPEN:
        raise NotAllowedNow(f"proposal {proposal.id}: the objection must be answered first")
    if proposal.decision is not None and not proposal.reopened:
        raise NotAllowedNow(f"proposal {proposal.id} is {proposal.decision}")
    if decision is Decision.REFUSED:
        return 0, Consequence.NONE
    if decision is Decision.APPROVED:
        return proposal.points, proposal.consequence
    return _changed(proposal, points, consequence)


def _changed(
    proposal: Proposal, points: int | None, consequence: Consequence | None
) -> tuple[int, Consequence]:
    if points is None:
        raise Incomplete("a change says the points that count")
    if abs(points) > MOST_POINTS:
        raise Incomplete(f"no decision gives or takes more than {MOST_POINTS} points")
    chosen = consequence or proposal.consequence
    check_fits(proposal.person, chosen)
    return points, chosen


def check_fits(person: PersonCode | None, consequence: Consequence) -> None:
    """Refuse a consequence that cannot come upon a person, or upon a unit.

    :raises Incomplete: it cannot.
    """
    kind = Subject.PERSON if person is not None else Subject.UNIT
    if consequence not in FITS[kind]:
        raise Incomplete(f"{consequence} cannot come upon a {kind}")


def check_objection(proposal: Proposal, *, by: Person, words: str, now: datetime) -> None:
    """Refuse an objection that does not count.

    :raises NotPermitted: it is not about him; of a unit its on-site supervisor objects.
    :raises NotAllowedNow: too late, or he has objected. :raises Incomplete: no words.
    """
    if not may_object(proposal, by):
        raise NotPermitted("only whom a proposal is about objects to it")
    if not words.strip():
        raise Incomplete("an objection says what is not right")
    if proposal.objection is not ObjectionState.NONE:
        raise NotAllowedNow(f"the objection to proposal {proposal.id} is {proposal.objection}")
    if now > proposal.objection_until:
        raise NotAllowedNow(f"proposal {proposal.id}: the time to object is over")


def may_object(proposal: Proposal, person: Person) -> bool:
    """Whether it is his to object: the person himself, or the unit's on-site supervisor."""
    if proposal.person is not None:
        return proposal.person == person.code
    return proposal.unit == person.unit and Role.ON_SITE_SUPERVISOR in person.roles


def check_answer(proposal: Proposal, *, by: Person, words: str) -> None:
    """Refuse an answer that does not count.

    :raises NotPermitted: about himself. :raises Incomplete: no words.
    :raises NotAllowedNow: nobody waits for one.
    """
    if concerned(proposal, by):
        raise NotPermitted("nobody answers himself")
    if not words.strip():
        raise Incomplete("an answer says why")
    if proposal.objection is not ObjectionState.OPEN:
        raise NotAllowedNow(f"no objection to proposal {proposal.id} is open")
