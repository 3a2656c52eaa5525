"""``shouwen poll``: what a fire-phone host says now. Apart, for its driver is slow to load."""

from collections.abc import Callable
from datetime import datetime

import typer

from gateway import poll as polling
from gateway.fire_phone import profile as hosts
from gateway.fire_phone.address import BadAddress
from gateway.profiles import BadProfile, UnknownProfile


def poll(*, profile: str, host: str, unit: int | None, clock: Callable[[], datetime]) -> str:
    """Return the decoded state of a fire-phone host, as a table.

    :raises typer.BadParameter: an unknown profile, or a host that cannot be polled so.
    """
    try:
        rows = polling.poll(profile=hosts.load(profile), host=host, unit=unit, clock=clock)
    except (UnknownProfile, BadProfile) as problem:
        raise typer.BadParameter(str(problem), param_hint="--profile") from None
    except (polling.NotPolled, BadAddress) as problem:
        raise typer.BadParameter(str(problem), param_hint="--host") from None
    return polling.table(rows)
