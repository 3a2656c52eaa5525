"""Whose issues somebody reads: all of the site, his unit's, or his own."""

from dataclasses import replace

from api.permissions import reads_all
from api.runtime import Work
from core.errors import NotFound
from core.facts.issue import Issue, IssueNumber
from core.facts.people import Role, UnitCode
from core.store.issue_filter import Filter
from core.store.store import Store


def narrowed(work: Work, wanted: Filter) -> Filter:
    """Return the filter, narrowed to what this person may read."""
    person = work.session.person
    if reads_all(person.roles):
        return wanted
    if Role.ON_SITE_SUPERVISOR in person.roles:
        return replace(wanted, unit=person.unit)
    return replace(wanted, person=person.code)


def visible(work: Work, store: Store, number: int) -> Issue:
    """Return an issue this person may read.

    :raises NotFound: no such issue here, or not his: which of both, nobody is told.
    """
    issue = store.issues.find(work.site, IssueNumber(number))
    person = work.session.person
    if reads_all(person.roles):
        return issue
    concerned = [code for code in (issue.owner, issue.assigned_to) if code is not None]
    if person.code in concerned:
        return issue
    if Role.ON_SITE_SUPERVISOR in person.roles and any(
        store.people.find(work.site, code).unit == person.unit for code in concerned
    ):
        return issue
    raise NotFound(f"issue {number} is not known here")


def own_unit(work: Work) -> UnitCode | None:
    """Return the unit to which a list is narrowed for an on-site supervisor; None: it is not."""
    person = work.session.person
    return None if reads_all(person.roles) else person.unit
