"""Logging in to a camera: digest where it asks for digest, basic where it knows nothing better."""

import base64
from collections.abc import Generator
from dataclasses import dataclass, field

import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who we are to a camera."""

    username: str
    password: str = field(repr=False)


class LogIn(httpx.Auth):
    """Answers what the camera asks for; tells nothing before it is asked.

    The digest's nonce is remembered, so that the next still needs no second round.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._digest = httpx.DigestAuth(credentials.username, credentials.password)
        self._challenged = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request, and once more with what the camera asked for."""
        if self._challenged:
            yield from self._digest.auth_flow(request)
            return
        answer = yield request
        if answer.status_code != httpx.codes.UNAUTHORIZED:
            return
        asked = [one.lower() for one in answer.headers.get_list("www-authenticate")]
        if any(one.lstrip().startswith("digest") for one in asked):
            self._challenged = True
            flow = self._digest.auth_flow(request)
            next(flow)
            yield flow.send(answer)
        elif any(one.lstrip().startswith("basic") for one in asked):
            pair = f"{self._credentials.username}:{self._credentials.password}".encode()
            request.headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
            yield request
