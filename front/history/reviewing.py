"""Who answers for each of the five panels, and that he goes through it each week."""

from datetime import datetime

from core.facts.month import Panel
from core.facts.people import Role
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
    director = office.first(Role.DIRECTOR)
    for panel, role in _OWNERS.items():
        panels.assign(
            store, site=office.site, panel=panel, to=office.first(role), by=director, now=at
        )


def go_through(office: Office, store: Store, at: datetime) -> None:
    """Let each owner note that he has gone through his panel."""
    for panel, role in _OWNERS.items():
        panels.review(
            store, site=office.site, panel=panel, words=_SAID, by=office.first(role), now=at
        )
