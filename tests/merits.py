"""What stories of reward and punishment share: entries of other rooms, and the ledger."""

from dataclasses import make_dataclass
from typing import Any

from core.facts.issue import Caller, CallerKind, IssueNumber
from core.facts.journal import Entry
from core.facts.merit import Proposal
from core.facts.people import PersonCode, UnitCode
from core.store.journal import THE_SITE
from tests.office import Office


def writes(
    office: Office,
    name: str,
    issue: IssueNumber = THE_SITE,
    *,
    by: str | None = None,
    **said: Any,
) -> None:
    """Another room writes an entry of this kind; the rules read it by its kind alone."""
    kind = make_dataclass(
        name,
        [(field, Any) for field in said],
        bases=(Entry,),
        frozen=True,
        kw_only=True,
    )
    with office.database.begin() as store:
        store.journal.lock(office.site)
        store.journal.append(
            office.site,
            issue,
            kind(**said),
            at=office.now,
            by=PersonCode(by) if by is not None else None,
        )


def staff(person: PersonCode) -> Caller:
    return Caller(kind=CallerKind.STAFF, person=person)


def proposals(office: Office, person: str | None = None, unit: str | None = None) -> list[Proposal]:
    """What is proposed about somebody, the first first."""
    office.tick()
    with office.database.read() as store:
        found = store.proposals.page(
            office.site,
            person=PersonCode(person) if person is not None else None,
            unit=UnitCode(unit) if unit is not None else None,
            limit=500,
        )
    return found[::-1]


def balance(office: Office, person: str | None = None, unit: str | None = None) -> int:
    with office.database.read() as store:
        return store.ledger.balance(
            office.site,
            person=PersonCode(person) if person is not None else None,
            unit=UnitCode(unit) if unit is not None else None,
        )
