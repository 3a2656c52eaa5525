"""One table of the catalogue: which keys there are, and what they cannot mean."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from core.facts.catalogue import CategoryCode, Words
from core.facts.category import Category
from core.facts.device import EventType
from core.facts.issue import Urgency
from core.facts.people import Role
from core.facts.playbook import END, AlertPlan, Choice, Needed, PlaybookStep, Room

#: The step that ``tell_customers`` stands for.
TELL_CUSTOMERS = "tell_customers"

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Table):
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def fact(self) -> Words:
        return Words(zh=self.zh, en=self.en)


class _Choice(_Table):
    code: Code
    words: _Words
    then: Code | None = None


class _Step(_Table):
    code: Code
    words: _Words
    required: bool = True
    room: Room = Room.CENTRE
    choices: tuple[_Choice, ...] = ()
    then: Code | None = None
    asks: _Words | None = None

    @field_validator("choices")
    @classmethod
    def _a_choice(cls, value: tuple[_Choice, ...]) -> tuple[_Choice, ...]:
        codes = [one.code for one in value]
        if len(codes) == 1:
            raise ValueError("one answer alone decides nothing")
        if len(set(codes)) < len(codes):
            raise ValueError("an answer stands here twice")
        return value

    def leads_to(self) -> list[str | None]:
        """Return where the way may go from here; None: to the step below."""
        if not self.choices:
            return [self.then]
        said = [one.then if one.then is not None else self.then for one in self.choices]
        # Nobody needs to do an optional step: then the way goes on as if it had no answers.
        return said if self.required else [*said, self.then]

    def fact(self) -> PlaybookStep:
        return PlaybookStep(
            code=self.code,
            words=self.words.fact(),
            required=self.required,
            room=self.room,
            choices=tuple(
                Choice(code=one.code, words=one.words.fact(), then=one.then) for one in self.choices
            ),
            then=self.then,
            asks=self.asks.fact() if self.asks else None,
        )


class _Alert(_Table):
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    minutes: Annotated[int, Field(strict=True, ge=1, le=240)]

    @field_validator("roles")
    @classmethod
    def _each_once(cls, value: tuple[Role, ...]) -> tuple[Role, ...]:
        if len(set(value)) < len(value):
            raise ValueError("a role stands here twice")
        return value


class CategoryTable(_Table):
    """One kind of problem as the file says it."""

    name: _Words
    urgency: Urgency
    route: str = Field(min_length=1)
    first_actions: _Words
    first_actions_of: dict[Role, _Words] = {}
    steps: tuple[_Step, ...] = ()
    alert: _Alert | None = None
    pictures: frozenset[Needed] = frozenset()
    tell_customers: _Words | None = None
    events: tuple[EventType, ...] = ()

    @model_validator(mode="after")
    def _a_way(self) -> Self:
        """Refuse steps that stand twice, lead nowhere or back, or that no way leads to."""
        codes = [step.code for step in self.steps]
        if len(set(codes)) < len(codes):
            raise ValueError("a step stands in steps twice")
        if {END, TELL_CUSTOMERS} & set(codes):
            raise ValueError(f"no step may be called {END!r} or {TELL_CUSTOMERS!r}")
        for room in Room:
            _check_way([step for step in self.steps if step.room is room])
        return self

    def fact(self, code: CategoryCode) -> Category:
        """Return the category under its code."""
        told = self.tell_customers.fact() if self.tell_customers else None
        steps = tuple(step.fact() for step in self.steps)
        if told is not None:
            steps = (_telling(told), *steps)
        return Category(
            code=code,
            name=self.name.fact(),
            urgency=self.urgency,
            first_actions=self.first_actions.fact(),
            route=self.route,
            first_actions_of=tuple(
                (role, words.fact()) for role, words in self.first_actions_of.items()
            ),
            steps=steps,
            alert=AlertPlan(roles=self.alert.roles, minutes=self.alert.minutes)
            if self.alert
            else None,
            pictures=self.pictures,
            tell_customers=told,
            events=self.events,
        )


def _telling(told: Words) -> PlaybookStep:
    """Return the step in which the desk tells the customers of the place."""
    return PlaybookStep(
        code=TELL_CUSTOMERS,
        words=Words(zh=f"告知该处客户：{told.zh}", en=f"Tell the customers there: {told.en}"),
        room=Room.DESK,
    )


def _check_way(steps: list[_Step]) -> None:
    codes = [step.code for step in steps]
    reached = {0}
    for place, step in enumerate(steps):
        reached |= {_place(codes, step.code, place, then) for then in step.leads_to()}
    lost = [code for place, code in enumerate(codes) if place not in reached]
    if lost:
        raise ValueError(f"no way leads to step {lost[0]!r}")


def _place(codes: list[str], code: str, place: int, then: str | None) -> int:
    if then is None:
        return place + 1
    if then == END:
        return -1
    if then not in codes:
        raise ValueError(f"step {code!r} leads to {then!r}, which is not there")
    if codes.index(then) <= place:
        raise ValueError(f"step {code!r} leads back to {then!r}: a way only goes on")
    return codes.index(then)
