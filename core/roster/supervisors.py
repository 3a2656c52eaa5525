"""A subcontractor's on-site supervisor (现场负责人): pure."""

from core.facts.people import PersonCode, Role, UnitCode
from core.roster.standing import Standing


def on_site_supervisor(standing: Standing, unit: UnitCode) -> PersonCode | None:
    """Return who answers for a unit now: on duty first, else by code, else the deputy of one.

    None: the unit has nobody.
    """
    people = standing.people
    own = [
        code
        for code, person in sorted(people.items())
        if person.unit == unit and person.active and Role.ON_SITE_SUPERVISOR in person.roles
    ]
    for duty in standing.on_duty(Role.ON_SITE_SUPERVISOR):
        if duty.person in own or duty.instead_of in own:
            return duty.person
    answering = [deputy for code in own if (deputy := standing.deputy(code)) is not None]
    # All are away and nobody answers for them: better the absent than nobody.
    return next(iter([*(code for code in answering if code in own), *answering, *own]), None)
