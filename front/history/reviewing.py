"""Who answers for each of the five panels, and that he goes through it each week."""

from datetime import datetime

from core.facts.month import Panel
from core.facts.people import PersonCode, Role
from core.statistics import panels
from core.store.store import Store
from front.history.office import Office

_OWNERS = {
    Panel.FEEDBACK: Role.DESK_AGENT,
    Panel.RECORDINGS: Role.CAPTAIN,
    Panel.COUNTS: Role.GENERAL_GROUP_SUPERVISOR,
    Panel.COMPLAINTS: Role.DESK_AGENT,
    Panel.INSPECTIONS: Role.GENERAL_GROUP_SUPERVISOR,
}
_SAID = "本周数字已逐项看过，周例会上通报"


def share_out(office: Office, store: Store, at: datetime) -> None:
    """Let the director say who answers for which panel."""
    director = _first(office, Role.DIRECTOR)
    for panel, role in _OWNERS.items():
        panels.assign(
            store, site=office.site, panel=panel, to=_first(office, role), by=director, now=at
        )


def go_through(office: Office, store: Store, at: datetime) -> None:
    """Let each owner note that he has gone through his panel."""
    for panel, role in _OWNERS.items():
        panels.review(
            store, site=office.site, panel=panel, words=_SAID, by=_first(office, role), now=at
        )


def _first(office: Office, role: Role) -> PersonCode:
    # Not by the office's dice: what else happens in these months stays as it was.
    return next(one.code for one in office.people if role in one.roles)
