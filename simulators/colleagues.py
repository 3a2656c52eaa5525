"""Two colleagues of a demonstration: one at the monitoring centre, one at the service desk.

They take a call through by the product's public API, as a console does, and later say that it is
handled, whether it is or not. Where somebody at a real console was faster, they leave it to him.
"""

import json
import queue
import sys
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from simulators.action import Act, Action

_PATIENCE = 20.0
#: A call is before the operators some moments after it rang; looked for so often, so long.
_LOOKS, _BETWEEN = 20, 0.5
#: The last of each role: whoever tries the demonstration is the first.
_ROLES = ("operator", "desk_agent")


class Colleagues:
    """Does what it is told, one thing after the other, in a thread of its own."""

    def __init__(self, centre: str, people: Path, *, remark: Callable[[str], None]) -> None:
        """Speak with ``centre``; ``people`` has a line of role, name, log-in, password each."""
        self._centre = centre.rstrip("/")
        self._people = _last_of_each(people)
        self._remark = remark
        self._todo: queue.Queue[tuple[str, Action] | None] = queue.Queue()
        #: What they have taken through: the station's last call, and the issue it is about.
        self._issues: dict[str, int] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Go home; what was not begun is left."""
        self._stopping.set()
        self._todo.put(None)
        self._thread.join(_PATIENCE)

    def do(self, station: str, action: Action) -> None:
        """Take a task; never waits."""
        self._todo.put((station, action))

    def _run(self) -> None:
        while (task := self._todo.get()) is not None and not self._stopping.is_set():
            station, action = task
            try:
                if action.act is Act.TAKE_THROUGH:
                    self._pass_on(station, action)
                elif station in self._issues:
                    desk = _Console(self._centre, self._people["desk_agent"])
                    how = action.text("how", "已处理")
                    desk.post(f"/issues/{self._issues[station]}/handled", {"how": how})
            except (OSError, KeyError, ValueError) as problem:
                self._remark(f"{action.act} at {station}: left to others: {_words(problem)}")

    def _pass_on(self, station: str, action: Action) -> None:
        operator = _Console(self._centre, self._people["operator"])
        report = self._newest(operator, station)
        if report is None:
            raise ValueError("no call of it stands in the queue")
        number, issue = report["number"], report["issue"]
        operator.post(f"/reports/{number}/claim")
        telling = {
            "caller": {"kind": "customer", "name": "路过的业主"},
            "place": report["place"]["code"],
            "category": action.text("category", "litter"),
            "words": action.text("words", ""),
        }
        operator.post(f"/reports/{number}/complete", telling)
        operator.post(f"/reports/{number}/forward")
        desk = _Console(self._centre, self._people["desk_agent"])
        desk.post(f"/issues/{issue}/accept")
        self._issues[station] = issue

    def _newest(self, operator: "_Console", station: str) -> Mapping[str, Any] | None:
        for _ in range(_LOOKS):
            found = [
                one
                for one in operator.get("/queue?limit=200")["items"]
                if (one["device"] or {}).get("code") == station and one["status"] == "reported"
            ]
            if found:
                newest: Mapping[str, Any] = max(found, key=lambda one: int(one["number"]))
                return newest
            if self._stopping.wait(_BETWEEN):
                break
        return None


class _Console:
    """One person's log-in, and what he asks and does with it."""

    def __init__(self, centre: str, who: tuple[str, str]) -> None:
        self._centre = centre
        self._open = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        ).open
        login, password = who
        self.post("/session", {"login": login, "password": password})

    def get(self, path: str) -> dict[str, Any]:
        return self._ask(self._request("GET", path, None))

    def post(self, path: str, body: Mapping[str, object] | None = None) -> None:
        self._ask(self._request("POST", path, json.dumps(body or {}).encode()))

    def _request(self, method: str, path: str, body: bytes | None) -> urllib.request.Request:
        return urllib.request.Request(  # noqa: S310 - the centre's own address, as it was told
            f"{self._centre}/api/v1{path}",
            data=body,
            method=method,
            headers={
                "Content-Type": "application/json",
                "Origin": self._centre,
                "Idempotency-Key": uuid.uuid4().hex,
            },
        )

    def _ask(self, asked: urllib.request.Request) -> dict[str, Any]:
        with self._open(asked, timeout=_PATIENCE) as answer:
            said: dict[str, Any] = json.load(answer)
            return said


def _last_of_each(people: Path) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for line in people.read_text(encoding="utf-8").splitlines():
        role, _, login, password = line.split("\t")
        if role in _ROLES:
            found[role] = (login, password)
    return found


def _words(problem: Exception) -> str:
    if isinstance(problem, urllib.error.HTTPError):
        return f"{problem.code} {problem.read(300).decode(errors='replace')}"
    return str(problem)


def remark(words: str) -> None:
    """Say something aside, on stderr."""
    print(f"simulators: {words}", file=sys.stderr, flush=True)
