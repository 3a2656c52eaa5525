"""Who near a place is alerted next, and who is sent a copy: pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from core.errors import NotAllowedNow
from core.facts.alert import Alert, AlertState
from core.facts.catalogue import CategoryCode
from core.facts.category import Category
from core.facts.people import PersonCode, Role, Unit, UnitCode, UnitKind
from core.facts.place import PlaceCode
from core.facts.playbook import AlertPlan
from core.roster.standing import Standing
from core.roster.supervisors import on_site_supervisor

#: Who has said this may still say something else: he was late, or he waits no more.
_OPEN = frozenset({AlertState.WAITING, AlertState.UNANSWERED})
#: After so long a missed call calls nobody any more: another shift has been asked meanwhile.
STALE = timedelta(hours=12)


def candidates(
    plan: AlertPlan, *, standing: Standing, place: PlaceCode | None
) -> list[tuple[PersonCode, Role]]:
    """Return whom a plan alerts, in its order: of each role the nearest on duty first.

    Where the roster has nobody of a role on duty, everybody of it is asked: never nobody.
    """
    found: dict[PersonCode, Role] = {}
    for role in plan.roles:
        on_duty = [duty.person for duty in standing.on_duty(role, place)]
        for person in on_duty or [one.person for one in standing.called_in([role])]:
            found.setdefault(person, role)
    return list(found.items())


def next_alerted(
    asked: Collection[Alert],
    candidates: Sequence[tuple[PersonCode, Role]],
    *,
    at_once: bool,
) -> list[tuple[PersonCode, Role]]:
    """Return who is alerted now; nobody as long as one comes or has still to answer.

    :param at_once: life safety: everybody in parallel.
    """
    known = {alert.person for alert in asked}
    states = {alert.state for alert in asked}
    fresh = [one for one in candidates if one[0] not in known]
    if AlertState.COMING in states:
        return []
    if at_once:
        return fresh
    return [] if AlertState.WAITING in states else fresh[:1]


def nobody_comes(asked: Collection[Alert]) -> bool:
    """Whether everybody who was asked has had his time, and none of them comes."""
    states = {alert.state for alert in asked}
    return bool(states) and states.isdisjoint({AlertState.WAITING, AlertState.COMING})


def check_answer(alert: Alert) -> None:
    """Refuse a second answer; one that comes late is taken.

    :raises NotAllowedNow: he has answered, or nobody needs to come any more.
    """
    if alert.state not in _OPEN:
        raise NotAllowedNow(f"the alert is {alert.state}")


def by_event(catalogue: Mapping[CategoryCode, Category], event: str) -> Category | None:
    """Return the category whose alert answers what a device said."""
    return next((one for one in catalogue.values() if event in one.events), None)


def copied(
    owner: PersonCode, *, units: Mapping[UnitCode, Unit], standing: Standing
) -> tuple[UnitCode, PersonCode | None] | None:
    """Return the unit whose supervisor is told of its employee's report, and who that is.

    None: the owner works for the office, or is that supervisor himself.
    """
    person = standing.people[owner]
    if units[person.unit].kind is not UnitKind.SUBCONTRACTOR:
        return None
    if Role.ON_SITE_SUPERVISOR in person.roles:
        return None
    return person.unit, on_site_supervisor(standing, person.unit)
