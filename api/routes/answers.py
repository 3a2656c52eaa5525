"""What routes may answer besides success, for the API's own description."""

from typing import Any

from api.schemas.problem import Problem

_SAYS = {
    400: "The request cannot be read.",
    401: "Nobody is logged in, or the gateway is not known.",
    403: "Not permitted to these roles, or asked by another site's page.",
    404: "There is no such thing at this site.",
    409: "Not allowed as it stands, or somebody else was first; `present` says how it stands.",
    413: "The body is too large.",
    422: "Something is missing or not as described, or the Idempotency-Key was used otherwise.",
    429: "Too many tries; `Retry-After` says when the next may come.",
    503: "This process takes no more, or a part of it is not well.",
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare these refusals, all in the one form; any route may find the store failing."""
    told = (*statuses, 503)
    return {status: {"model": Problem, "description": _SAYS[status]} for status in told}


#: Of every route that reads for somebody who is logged in.
READS = refusals(401, 403, 404, 422)
#: Of every route that changes something for somebody who is logged in.
WRITES = refusals(400, 401, 403, 404, 409, 413, 422)
