"""Logging in, and what the console has to know of who did."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints

from api.schemas.refs import PersonRef
from api.schemas.values import Code, In, Out
from core.facts.people import Role

Login = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]+$")]
#: A random name that a workstation's console keeps; it says nothing of who sits there.
WorkstationName = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{8,64}$")]


class LogInIn(In):
    """A log-in. The site may be left out where the name tells it."""

    site: Code | None = None
    login: Login
    workstation: WorkstationName | None = Field(
        default=None, description="Where it is: what was held there passes over."
    )
    password: Annotated[SecretStr, Field(min_length=1, max_length=200)]


class SiteOut(Out):
    """The site one is logged in to."""

    code: str
    name: str
    zone: str


class ClockOut(Out):
    """The centre's clock. In a demonstration it runs faster than the real one."""

    now: datetime
    speed: float
    demo: bool


class SessionOut(Out):
    """Who is logged in, and what he may do."""

    person: PersonRef
    roles: list[Role]
    site: SiteOut
    actions: list[str]
    clock: ClockOut
    language: Literal["zh", "en"]
