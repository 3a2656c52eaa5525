"""Reward and punishment as the API answers it."""

import json
from collections.abc import Collection, Sequence

from api.schemas.merit import (
    DecisionOut,
    DeedOut,
    DossierOut,
    EvidenceOut,
    FlagOut,
    LedgerLineOut,
    MeritEditionOut,
    MeritRulesOut,
    ObjectionOut,
    ProposalOut,
    StandOut,
    UnitMonthOut,
    WeighedOut,
    WhatIfOut,
)
from api.schemas.refs import PersonRef, UnitRef
from api.schemas.values import Sentence
from api.views.views import Views
from core.facts.merit import Evidence, Flag, LedgerLine, ObjectionState, Proposal
from core.facts.people import Person, PersonCode
from core.scoring import policy, rules
from core.scoring.dossier import Dossier
from core.scoring.what_if import Weighed, WhatIf
from core.store.journal import Written
from core.store.merit_rules import MeritEdition


def proposals(
    views: Views, found: Sequence[Proposal], *, customers: bool = True
) -> list[ProposalOut]:
    """Return proposals with the entries they rest on and what looks odd about whom they concern.

    :param customers: whether the evidence names customers; it does not to whom it concerns.
    """
    me = views.store.people.find(views.site, views.me)
    entries = _entries(views, [one for proposal in found for one in proposal.evidence])
    about = {one.person for one in found if one.person is not None} | {
        PersonCode(str(name))
        for entry in entries.values()
        if (name := json.loads(entry.body).get("person")) is not None
    }
    flags = views.store.manipulations.of(views.site, about)
    return [
        _proposal(views, one, me=me, entries=entries, flags=flags, customers=customers)
        for one in found
    ]


def _proposal(
    views: Views,
    one: Proposal,
    *,
    me: Person,
    entries: dict[int, Written],
    flags: dict[PersonCode, list[Flag]],
    customers: bool,
) -> ProposalOut:
    issues = {evidence.issue for evidence in one.evidence}
    mine = policy.may_object(one, me)
    concerned = policy.concerned(one, me)
    undecided = one.decision is None or one.reopened
    open_objection = one.objection is ObjectionState.OPEN
    return ProposalOut(
        number=one.id,
        rule=one.rule,
        rules_version=one.version,
        sentence=Sentence(zh=one.zh, en=one.en),
        person=views.names.some_person(one.person),
        unit=_unit(views, one.unit),
        points=one.points,
        consequence=one.consequence,
        month=one.month,
        proposed_at=one.proposed_at,
        proposed_by=views.names.some_person(one.proposed_by),
        evidence=_evidence(views, one.evidence, entries, customers=customers),
        flags=[
            FlagOut(trick=flag.trick, issues=list(flag.issues), at=flag.at)
            for person, some in flags.items()
            for flag in some
            if person == one.person or issues & set(flag.issues)
        ],
        decision=_decision(views, one),
        objection=_objection(views, one),
        objection_until=one.objection_until,
        may_object=mine
        and one.objection is ObjectionState.NONE
        and views.now <= one.objection_until,
        may_decide=undecided and not concerned and not open_objection,
        may_answer=open_objection and not concerned,
    )


def _decision(views: Views, one: Proposal) -> DecisionOut | None:
    if one.decision is None:
        return None
    assert one.decided_points is not None
    assert one.decided_consequence is not None
    assert one.decided_at is not None
    return DecisionOut(
        decision=one.decision,
        points=one.decided_points,
        consequence=one.decided_consequence,
        by=views.names.some_person(one.decided_by),
        at=one.decided_at,
        reason=one.reason or "",
    )


def _objection(views: Views, one: Proposal) -> ObjectionOut:
    return ObjectionOut(
        state=one.objection,
        by=views.names.some_person(one.objected_by),
        at=one.objected_at,
        words=one.objection_words,
        answer=one.answer,
        answered_by=views.names.some_person(one.answered_by),
        answered_at=one.answered_at,
    )


def lines(views: Views, found: Sequence[LedgerLine]) -> list[LedgerLineOut]:
    """Return lines of the ledger, each with the sentence of what it is for."""
    about = views.store.proposals.several(views.site, {one.proposal for one in found})
    return [
        LedgerLineOut(
            number=one.id,
            proposal=one.proposal,
            person=views.names.some_person(one.person),
            unit=_unit(views, one.unit),
            points=one.points,
            consequence=one.consequence,
            month=one.month,
            at=one.at,
            by=views.names.some_person(one.by),
            sentence=Sentence(zh=about[one.proposal].zh, en=about[one.proposal].en),
        )
        for one in found
    ]


def dossier_out(views: Views, found: Dossier, *, customers: bool = True) -> DossierOut:
    """Return a unit's dossier with the entries behind it."""
    entries = _entries(views, [one.evidence for one in found.deeds])
    deeds = [
        (one, evidence)
        for one in found.deeds
        for evidence in _evidence(views, [one.evidence], entries, customers=customers)
    ]
    return DossierOut(
        unit=UnitRef(code=found.unit.code, name=found.unit.name, kind=found.unit.kind),
        at=found.at,
        balance=found.balance,
        months=[
            UnitMonthOut(
                month=one.month,
                points=one.points,
                late=one.late,
                refused=one.refused,
                praised=one.praised,
                complained=one.complained,
            )
            for one in found.months
        ],
        standing=[
            StandOut(
                family=one.family,
                line=lines(views, [one.line])[0] if one.line is not None else None,
            )
            for one in found.standing
        ],
        decided=proposals(views, found.decided, customers=customers),
        deeds=[
            DeedOut(
                deed=one.deed,
                person=views.names.some_person(one.person),
                month=one.month,
                evidence=evidence,
            )
            for one, evidence in deeds
        ],
    )


def rules_out(views: Views) -> MeritRulesOut:
    """Return the text of the rules in force."""
    own = views.store.merit_rules.newest(views.site)
    return MeritRulesOut(
        version=rules.in_force(views.store, site=views.site).version,
        text=rules.text(views.store, site=views.site),
        since=own.since if own is not None else None,
        by=_by(views, own.by if own is not None else None),
        reason=own.reason if own is not None else None,
    )


def edition_out(views: Views, one: MeritEdition) -> MeritEditionOut:
    """Return one version of the rules."""
    return MeritEditionOut(
        version=one.version,
        text=one.text,
        sha256=one.sha256,
        since=one.since,
        by=views.names.person(one.by),
        reason=one.reason,
    )


def what_if_out(views: Views, found: WhatIf) -> WhatIfOut:
    """Return a month under both rules."""

    def side(weighed: Sequence[Weighed]) -> list[WeighedOut]:
        return [
            WeighedOut(
                rule=one.rule,
                person=views.names.some_person(one.person),
                unit=_unit(views, one.unit),
                times=one.times,
                points=one.points,
            )
            for one in weighed
        ]

    return WhatIfOut(
        month=found.month,
        version=found.version,
        before=side(found.before),
        after=side(found.after),
    )


def _by(views: Views, code: PersonCode | None) -> PersonRef | None:
    return views.names.some_person(code)


def _unit(views: Views, code: str | None) -> UnitRef | None:
    return views.names.units.get(code) if code is not None else None


def _entries(views: Views, evidence: Collection[Evidence]) -> dict[int, Written]:
    return views.store.journal.by_seq(views.site, {one.seq for one in evidence})


def _evidence(
    views: Views, evidence: Sequence[Evidence], entries: dict[int, Written], *, customers: bool
) -> list[EvidenceOut]:
    shown: list[EvidenceOut] = []
    for one in evidence:
        entry = entries[one.seq]
        body = json.loads(entry.body)
        if not customers:
            body = {key: value for key, value in body.items() if not key.startswith("customer")}
        shown.append(
            EvidenceOut(
                issue=one.issue,
                seq=one.seq,
                kind=entry.kind,
                at=entry.at,
                by=views.names.some_person(entry.by),
                body=body,
            )
        )
    return shown
