"""Values from outside that every schema uses: bounded, so that no store can choke on them."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)

#: A moment somebody typed: with an offset, and far from both ends of the calendar.
Moment = Annotated[AwareDatetime, Field(ge=_EARLIEST, lt=_LATEST)]
#: A code of ours: a person's, a place's, a category's.
Code = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
#: What somebody said, in a line or two. PostgreSQL holds no NUL.
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00]*$")
]
#: The same where nothing is not enough.
Said = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=r"^[^\x00]*$"),
]
#: A person's or a firm's name as typed.
Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
Phone = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
#: A number of an issue, a report, a notice: what both databases can hold.
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]


class In(BaseModel):
    """Something a client sends: a key nobody knows is refused, not passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Out(BaseModel):
    """Something the API answers."""

    model_config = ConfigDict(frozen=True)


class Sentence(Out):
    """The same text in the office's two languages."""

    zh: str
    en: str
