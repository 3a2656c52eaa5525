"""Who is on duty at one moment, nearest first, and who is called in for a role: pure.

An absent person's deputy answers for him, and the deputy's own deputy if he is away too. Who stands
in for a short while answers for whoever has the post. Nobody is never the answer where the office
has anybody of a role: an empty roster calls in everybody of it (E11).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.facts.people import Person, PersonCode, Role
from core.facts.place import Place, PlaceCode
from core.facts.roster import Absence, CalledIn, Duty, OnDuty, Post, PostCode, StandIn

#: Farther than any two places of a tree: a post that answers for the whole site.
_ANYWHERE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The roster at one moment."""

    at: datetime
    people: Mapping[PersonCode, Person]
    posts: Mapping[PostCode, Post]
    places: Mapping[PlaceCode, Place]
    duties: Sequence[Duty] = ()
    absences: Sequence[Absence] = ()
    stand_ins: Sequence[StandIn] = ()
    _away: dict[PersonCode, Absence] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Note who is away."""
        for absence in self.absences:
            if absence.begins_at <= self.at < absence.ends_at:
                self._away.setdefault(absence.person, absence)

    def on_duty(self, role: Role | None = None, place: PlaceCode | None = None) -> list[OnDuty]:
        """Return who is on duty, the nearest to ``place`` first; each person and post once."""
        standing = [one for duty in self.duties if (one := self._at_post(duty, role)) is not None]
        near = sorted(standing, key=lambda one: (self._far(one.place, place), one.post, one.person))
        once: dict[tuple[PersonCode, PostCode], OnDuty] = {}
        for one in near:
            once.setdefault((one.person, one.post), one)
        return list(once.values())

    def called_in(self, roles: Iterable[Role]) -> list[CalledIn]:
        """Return whom a ladder calls in for these roles: each person once, by code.

        On duty where the roster has anybody for the role at this moment, else everybody of the
        role; who is away is answered for by his deputy.
        """
        found: dict[PersonCode, CalledIn] = {}
        for role in roles:
            for one in self._of_role(role):
                known = found.get(one.person)
                if known is None or known.instead_of is not None:
                    found[one.person] = one
        return [found[code] for code in sorted(found)]

    def deputy(self, person: PersonCode) -> PersonCode | None:
        """Return who answers for somebody now: himself, his deputy, or nobody."""
        asked: set[PersonCode] = set()
        while person not in asked:
            asked.add(person)
            absence = self._away.get(person)
            if absence is None:
                return person if self._works_here(person) else None
            if absence.deputy is None:
                return None
            person = absence.deputy
        return None  # they answer for each other, and all are away

    def absence(self, person: PersonCode) -> Absence | None:
        """Return why somebody is away now; None: he is there."""
        return self._away.get(person)

    def _of_role(self, role: Role) -> list[CalledIn]:
        on_duty = [CalledIn(person=x.person, instead_of=x.instead_of) for x in self.on_duty(role)]
        if on_duty:
            return on_duty
        everybody = [
            code for code, person in self.people.items() if person.active and role in person.roles
        ]
        answering = [
            CalledIn(person=deputy, instead_of=code if deputy != code else None)
            for code in everybody
            if (deputy := self.deputy(code)) is not None
        ]
        # All are away and nobody answers for them: better the absent than nobody.
        return answering or [CalledIn(person=code) for code in everybody]

    def _at_post(self, duty: Duty, role: Role | None) -> OnDuty | None:
        post = self.posts[duty.row.post]
        if not duty.begins_at <= self.at < duty.ends_at or role not in {None, post.role}:
            return None
        person, until = duty.row.person, duty.ends_at
        for stand_in in self.stand_ins:
            if (stand_in.post, stand_in.instead_of) == (post.code, duty.row.person) and (
                stand_in.begins_at <= self.at < stand_in.ends_at
            ):
                person, until = stand_in.person, min(until, stand_in.ends_at)
        answering = self.deputy(person)
        if answering is None:
            return None
        return OnDuty(
            person=answering,
            role=post.role,
            post=post.code,
            shift=duty.row.shift,
            place=post.place,
            until=until,
            instead_of=duty.row.person if answering != duty.row.person else None,
        )

    def _works_here(self, code: PersonCode) -> bool:
        person = self.people.get(code)
        return person is not None and person.active

    def _far(self, post: PlaceCode | None, place: PlaceCode | None) -> int:
        """Return how many steps through the tree of places it is from a post to a place."""
        if place is None:
            return 0
        if post is None:
            return _ANYWHERE
        up, down = self._way(place), self._way(post)
        for steps, above in enumerate(up):
            if above in down:
                return steps + down.index(above)
        return _ANYWHERE + 1  # another tree: farther than who answers for the whole site

    def _way(self, place: PlaceCode | None) -> list[PlaceCode]:
        way: list[PlaceCode] = []
        while place is not None and place not in way:
            way.append(place)
            known = self.places.get(place)
            place = known.parent if known is not None else None
        return way
