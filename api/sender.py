"""A thread beside the server: what waits in the outbox is handed to messengers and browsers.

No transaction is open while a messenger is spoken to, and each messenger is spoken to by one thread
at a time, so that one that hangs holds up nobody else's messages.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx
import structlog
from py_vapid import Vapid

from api.keeping import keep
from api.messengers import ADAPTERS
from api.messengers.push import Push, known
from api.messengers.request import Heard, Outcome, Request
from api.runtime import Runtime
from core.facts.device import SiteCode
from core.facts.message import Envelope, MessengerCode
from core.outbox import sending, wording
from core.store.health import StoreFailed

log = structlog.get_logger(__name__)

SENDER = "sender"
#: It looks at least so often, in real seconds.
_EVERY = 1.0
#: A messenger may take so many seconds to connect, and to answer.
_PATIENCE = httpx.Timeout(5.0)
_THREADS = 8
#: So many messages of one night are written out in one; the others are counted.
_WRITTEN_OUT = 10


@dataclass(slots=True)
class Sender:
    """Takes what is due, sends it, and notes what became of it."""

    runtime: Runtime
    push: Push | None
    _busy: set[tuple[SiteCode, MessengerCode]] = field(default_factory=set)
    _free: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_THREADS))
    _soon: threading.Event = field(default_factory=threading.Event)

    def run(self, stopping: threading.Event) -> None:
        """Send until told to stop; a database that is away is asked again."""
        with (
            # What is posted holds people's numbers: it goes where it was addressed, nowhere else.
            httpx.Client(timeout=_PATIENCE, follow_redirects=False) as client,
            ThreadPoolExecutor(_THREADS, thread_name_prefix=SENDER) as threads,
        ):
            while not stopping.is_set():
                self._soon.clear()
                try:
                    taken = self._take()
                except StoreFailed:
                    log.exception("the sender cannot reach the database")
                    taken = None
                if taken is None:
                    self._soon.wait(_EVERY)
                else:
                    threads.submit(self._send, client, taken).add_done_callback(self._done)

    def wake(self) -> None:
        """Look at once."""
        self._soon.set()

    def _take(self) -> Envelope | None:
        """Take the next message; nothing due costs one look into an index."""
        if not self._free.acquire(timeout=_EVERY):
            return None
        taken = None
        try:
            now, busy = self.runtime.clock.now(), set(self._busy)
            with self.runtime.database.read() as store:
                due = store.messages.due(now, without=busy) is not None
            if due:
                with self.runtime.database.begin() as store:
                    taken = sending.take(store, now=now, busy=busy)
        finally:
            if taken is None:
                self._free.release()
        if taken is not None and taken.messenger is not None:
            self._busy.add((taken.messages[0].site, taken.messenger.code))
        return taken

    def _done(self, sent: "Future[None]") -> None:
        self._free.release()
        self._soon.set()
        if (problem := sent.exception()) is not None:
            log.error("a message was not sent", exc_info=problem)

    def _send(self, client: httpx.Client, envelope: Envelope) -> None:
        try:
            if envelope.messenger is None:
                self._to_browsers(client, envelope)
            else:
                adapter = ADAPTERS[envelope.messenger.kind]
                text = _text(envelope, self._link(envelope))
                answer = _post(client, adapter.request(envelope, text=text, at=time.time()))
                heard = answer if isinstance(answer, Heard) else adapter.heard(*answer)
                self._note(envelope, heard)
        finally:
            if envelope.messenger is not None:
                self._busy.discard((envelope.messages[0].site, envelope.messenger.code))

    def _to_browsers(self, client: httpx.Client, envelope: Envelope) -> None:
        """Send to every browser of a person; one that took it is enough."""
        words = wording.digest(envelope.messages, most=_WRITTEN_OUT)
        text, link = f"{words.zh}\n{words.en}", self._link(envelope) or "/m/"
        gone: list[str] = []
        best = Heard(outcome=Outcome.NEVER, said="no browser is left")
        for browser in envelope.subscriptions:
            if self.push is None or not known(
                browser.endpoint, self.runtime.settings.push_services
            ):
                continue
            try:
                request = self.push.request(envelope, browser, text=text, url=link, at=time.time())
            except ValueError:
                gone.append(browser.id)
                continue
            answer = _post(client, request)
            if isinstance(answer, Heard):
                heard = answer
            else:
                heard, is_gone = self.push.heard(*answer)
                gone += [browser.id] if is_gone else []
            best = min(best, heard, key=lambda one: list(Outcome).index(one.outcome))
        self._note(envelope, best, gone=gone)

    def _note(self, envelope: Envelope, heard: Heard, *, gone: list[str] | None = None) -> None:
        now = self.runtime.clock.now()
        with self.runtime.database.begin() as store:
            if heard.outcome is Outcome.TAKEN:
                sending.sent(store, envelope, said=heard.said, gone=gone or [], now=now)
            else:
                never = heard.outcome is Outcome.NEVER
                sending.failed(
                    store, envelope, why=heard.said, gone=gone or [], final=never, now=now
                )
        self.runtime.metrics.messages.labels(outcome=heard.outcome.value).inc()

    def _link(self, envelope: Envelope) -> str | None:
        """Return where one message is answered, by whoever has the link: so never in a group.

        There, and for several at once, it is the telephone's page with its log-in.
        """
        url = self.runtime.settings.public_url
        if url is None:
            return None
        shared = envelope.messenger is not None and envelope.messenger.kind.group
        if shared or len(envelope.messages) > 1:
            return f"{url}/m/"
        return f"{url}/a/{envelope.messages[0].token}"


def start(runtime: Runtime) -> Callable[[], None]:
    """Start the thread; return what stops it and waits for its end."""
    sender = Sender(runtime, pusher(runtime))
    stopping = threading.Event()
    keeper = keep(SENDER, sender.run, stopping)

    def stop() -> None:
        stopping.set()
        sender.wake()
        keeper.join(timeout=10)

    return stop


def pusher(runtime: Runtime) -> Push | None:
    """Return who calls browsers here; None: nobody."""
    settings = runtime.settings
    if settings.push_key is None:
        return None
    return Push(Vapid.from_pem(settings.push_key), contact=settings.push_contact)


def _text(envelope: Envelope, link: str | None) -> str:
    words = wording.digest(envelope.messages, most=_WRITTEN_OUT)
    grouped = envelope.messenger is not None and envelope.messenger.kind.group
    named = f"{'、'.join(envelope.names)}：\n" if grouped else ""
    lines = [f"【首问·{envelope.site_name}】{named}{words.zh}", words.en, link or ""]
    return "\n".join(line for line in lines if line)


def _post(client: httpx.Client, request: Request) -> tuple[int, bytes] | Heard:
    """Post it; who does not answer, or not in time, is asked again later."""
    try:
        answer = client.post(request.url, content=request.body, headers=dict(request.headers))
    except httpx.HTTPError as problem:
        return Heard(outcome=Outcome.LATER, said=f"{type(problem).__name__}: {problem}")
    except ValueError as problem:  # httpx: no address
        return Heard(outcome=Outcome.NEVER, said=str(problem))
    if answer.status_code == HTTPStatus.OK and not answer.content:
        return answer.status_code, b"{}"
    return answer.status_code, answer.content[:4_096]
