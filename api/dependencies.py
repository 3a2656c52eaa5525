"""What routes ask for: who is there and may do this, which gateway delivers, what time it is."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request

from api.auth import COOKIE, hash_token
from api.errors import Refused
from api.gateway_tokens import GatewayIdentity
from api.permissions import Action, allowed
from api.runtime import Runtime, Work, fingerprint
from core.facts.wall import Wall

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def runtime_of(request: Request) -> Runtime:
    """Return what this process holds."""
    runtime = request.app.state.runtime
    assert isinstance(runtime, Runtime)
    return runtime


RuntimeDep = Annotated[Runtime, Depends(runtime_of)]


def now(runtime: RuntimeDep) -> datetime:
    """Read the clock: once for each request."""
    return runtime.clock.now()


NowDep = Annotated[datetime, Depends(now)]


def own_page(request: Request) -> None:
    """Refuse a change that another site's page makes a browser send.

    :raises Refused: neither ``Sec-Fetch-Site`` nor ``Origin`` says that our own page asks.
    """
    if request.method in _READING:
        return
    said = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    ours = urlsplit(origin).netloc == request.headers.get("host") if origin else False
    if said == "same-origin" if said is not None else ours:
        return
    raise Refused(
        HTTPStatus.FORBIDDEN, "other_origin", "this change does not come from the centre's own page"
    )


async def request_fingerprint(request: Request) -> str:
    """Return what an Idempotency-Key would stand for."""
    if request.method in _READING:
        return ""
    asked = f"{request.url.path}?{request.url.query}"
    return fingerprint(request.method, asked, await request.body())


FingerprintDep = Annotated[str, Depends(request_fingerprint)]
KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="Told again with the same key, a change happens once and is answered the same.",
    ),
]


class Permitted:
    """Lets a route run for people who are logged in and may do its action."""

    def __init__(self, action: Action) -> None:
        """Stand before a route that does ``action``."""
        self.action = action

    def __call__(
        self,
        request: Request,
        runtime: RuntimeDep,
        moment: NowDep,
        request_said: FingerprintDep,
        key: KeyHeader = None,
    ) -> Work:
        """Return the work this person may do.

        :raises Refused: 401 nobody is logged in; 403 not his to do, or another site's page asks.
        """
        token = request.cookies.get(COOKIE)
        if not token:
            raise not_logged_in()
        own_page(request)
        with runtime.database.read() as store:
            session = store.sessions.find(hash_token(token), now=moment)
        if session is None:
            raise not_logged_in()
        if not allowed(session.person.roles, self.action):
            raise Refused(
                HTTPStatus.FORBIDDEN, "not_permitted", f"your roles may not {self.action}"
            )
        return Work(runtime=runtime, session=session, now=moment, key=key, request=request_said)


def delivering(request: Request) -> str:
    """Return the token a gateway shows.

    :raises Refused: it shows none.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise unknown_gateway()
    return token.strip()


def gateway(runtime: RuntimeDep, token: Annotated[str, Depends(delivering)]) -> GatewayIdentity:
    """Return the gateway that delivers.

    :raises Refused: nobody bears its token.
    """
    found = runtime.gateways.whose(token)
    if found is None:
        raise unknown_gateway()
    return found


GatewayDep = Annotated[GatewayIdentity, Depends(gateway)]


def wall(
    runtime: RuntimeDep, authorization: Annotated[str, Header(include_in_schema=False)] = ""
) -> Wall:
    """Return the wall display that looks.

    :raises Refused: it shows no token, or one that nobody granted or that was revoked.
    """
    kind, _, token = authorization.partition(" ")
    found = None
    if kind.lower() == "bearer" and token:
        with runtime.database.read() as store:
            found = store.walls.by_token(hash_token(token.strip()))
    if found is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "unknown_wall", "this display is not let in")
    return found


WallDep = Annotated[Wall, Depends(wall)]


def not_logged_in() -> Refused:
    """Return the refusal of somebody nobody knows."""
    return Refused(HTTPStatus.UNAUTHORIZED, "not_logged_in", "log in first")


def unknown_gateway() -> Refused:
    """Return the refusal of a gateway nobody knows."""
    return Refused(
        HTTPStatus.UNAUTHORIZED,
        "unknown_gateway",
        "a gateway shows its own token",
        headers={"WWW-Authenticate": "Bearer"},
    )
