"""Slowing whoever sends without end."""

import time
from http import HTTPStatus

from api.errors import Refused
from api.rate import Buckets
from api.runtime import Work


def not_too_often(work: Work, buckets: Buckets) -> None:
    """Let this person go on, or tell him when to come again.

    :raises Refused: 429, with ``Retry-After``.
    """
    seconds = buckets.take((work.site, work.by), now=time.monotonic())
    if seconds:
        raise Refused(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too_often",
            "too many in a row; what was not sent is sent later",
            headers={"Retry-After": str(int(seconds) + 1)},
        )
