"""Lists page by cursor: the number after which the next page goes on."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[
    int | None,
    Query(ge=1, le=2**63 - 1, description="`next_cursor` of the page before."),
]


def next_cursor(numbers: Sequence[int], limit: int) -> str | None:
    """Return where the next page goes on, of ``limit + 1`` numbers asked for; None: it is over."""
    return str(numbers[limit - 1]) if len(numbers) > limit else None
