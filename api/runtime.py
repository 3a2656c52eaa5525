"""What one serving process holds, and what a request works with."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TypeVar

from fastapi.responses import Response
from pydantic import BaseModel

from api.auth import LogIns
from api.clock import Clock
from api.errors import Refused, status_of
from api.gateway_tokens import GatewayTokens
from api.metrics import Metrics
from api.rate import Buckets
from api.schemas.issue import IssueOut
from api.schemas.report import ReportOut
from api.settings import Settings
from api.stream import Hub
from api.views.directory import Directories
from api.views.views import Views
from api.wanting import Wanting
from core.errors import CoreError, NotAllowedNow, NotFound, NotYours
from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.store.database import Database
from core.store.replies import Reply
from core.store.sessions import Session
from core.store.store import Store

Done = TypeVar("Done")

#: How things stand, for a client that lost a race.
Present = Callable[[Views], ReportOut | IssueOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """One serving process."""

    database: Database
    clock: Clock
    settings: Settings
    hub: Hub
    log_ins: LogIns
    gateways: GatewayTokens
    metrics: Metrics
    directories: Directories = field(default_factory=Directories)
    wanting: Wanting = field(default_factory=Wanting)
    #: Nobody reports or photographs so much by hand; a telephone that sends in a loop is slowed.
    tellings: Buckets = field(default_factory=lambda: Buckets(burst=30, every=10.0))
    added: Buckets = field(default_factory=lambda: Buckets(burst=60, every=5.0))
    #: Set where something may have become due: the ticker looks at once.
    tick_soon: threading.Event = field(default_factory=threading.Event)

    def committed(self) -> None:
        """Let the consoles and the ticker look at once at what was committed."""
        self.hub.wake()
        self.tick_soon.set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One request of one person: who asks, where, when, and the store."""

    runtime: Runtime
    session: Session
    now: datetime
    #: The Idempotency-Key, and what it stands for: method, path and body.
    key: str | None
    request: str

    @property
    def site(self) -> SiteCode:
        """The only site this person has to do with."""
        return self.session.site

    @property
    def by(self) -> PersonCode:
        """Who asks."""
        return self.session.person.code

    def read(self, look: Callable[[Views], BaseModel]) -> Response:
        """Answer from one consistent look at the store."""
        with self.runtime.database.read() as store:
            return _json(look(self.views(store)).model_dump_json())

    def write(
        self,
        act: Callable[[Store], Done],
        *,
        show: Callable[[Views, Done], BaseModel],
        status: int = HTTPStatus.OK,
        present: Present | None = None,
    ) -> Response:
        """Act once, answer after the commit; told again with the same key, answer the same.

        The answer is kept in the transaction of the act, so there is never one without the other.
        After a lost race the refusal says how things stand at present.
        """
        try:
            with self.runtime.database.begin() as store:
                reply = self._kept(store) or self._act(store, act, show, status)
        except (NotYours, NotAllowedNow) as lost:
            raise self._lost(lost, present) from None
        self.runtime.committed()
        return _json(reply.answer, reply.status)

    def _kept(self, store: Store) -> Reply | None:
        if self.key is None:
            return None
        # One after the other, or two of the same would both find nothing kept.
        store.journal.lock(self.site)
        kept = store.replies.find(self.site, self.by, self.key)
        if kept is not None and kept.request != self.request:
            raise Refused(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "key_used",
                "this Idempotency-Key was used for another request",
            )
        return kept

    def _act(
        self,
        store: Store,
        act: Callable[[Store], Done],
        show: Callable[[Views, Done], BaseModel],
        status: int,
    ) -> Reply:
        done = act(store)
        answer = show(self.views(store), done).model_dump_json()
        reply = Reply(request=self.request, status=status, answer=answer)
        if self.key is not None:
            store.replies.keep(self.site, self.by, self.key, reply=reply, now=self.now)
        return reply

    def _lost(self, lost: CoreError, present: Present | None) -> Refused:
        stands: ReportOut | IssueOut | None = None
        if present is not None:
            with self.runtime.database.read() as store:
                try:
                    stands = present(self.views(store))
                except NotFound:
                    stands = None
        return Refused(status_of(lost), lost.code, str(lost), present=stands)

    def views(self, store: Store) -> Views:
        """Look at the store on behalf of this person."""
        return Views(
            store=store,
            site=self.site,
            me=self.by,
            now=self.now,
            directories=self.runtime.directories,
        )


def fingerprint(method: str, path: str, body: bytes) -> str:
    """Return what an Idempotency-Key stands for."""
    said = hashlib.sha256(f"{method} {path}\n".encode())
    said.update(body)
    return said.hexdigest()


def _json(answer: str, status: int = HTTPStatus.OK) -> Response:
    return Response(answer, status_code=status, media_type="application/json")
