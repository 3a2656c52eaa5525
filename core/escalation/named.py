"""What people are called, asked of the store only where a sentence names one."""

from functools import cached_property

from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.store.store import Store


class Named:
    """Names of one site's people."""

    def __init__(self, store: Store, site: SiteCode) -> None:
        """Ask nothing yet."""
        self._store = store
        self._site = site

    def __call__(self, person: PersonCode) -> str:
        """Return somebody's name; one who is not known here bears his code."""
        return self._names.get(person, person)

    @cached_property
    def _names(self) -> dict[PersonCode, str]:
        return {person.code: person.name for person in self._store.people.all(self._site)}
