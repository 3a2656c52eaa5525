"""The whole product as a newcomer starts it, and a real browser to look at it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from api.auth import COOKIE
from core.facts.device import SiteCode
from core.facts.people import PersonCode, Role
from core.facts.rules import Rules
from core.store.database import Database
from tests.api.running import Centre, HandClock, password_hash

ROOT = Path(__file__).parent.parent.parent
#: A busy machine takes its time; nothing here is measured.
PATIENCE = 60_000
#: Follows the first operator at his seat.
RELIEVER = PersonCode("operator-2")
#: Chromium for machines: no sandbox as root, and not one connection of its own.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class Product:
    """A running product: where it is, and who may log in."""

    url: str
    log_ins: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Not for the whole run: while it lives, Playwright keeps an event loop running in this thread,
    # and no other test could run one of its own.
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    _present("chromium", there=program is not None)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=FLAGS, headless=True)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Product]]:
    """Start ``shouwen up --demo`` with further options; ended after the last test of the file."""
    _present("the built console", there=(ROOT / "api/console/dist/index.html").exists())
    _present("mosquitto", there=_mosquitto() is not None)
    started: list[subprocess.Popen[str]] = []

    def _start(*options: str) -> Product:
        folder = tmp_path_factory.mktemp("product")
        program = subprocess.Popen(
            [
                *(
                    sys.executable,
                    str(ROOT / "shouwen.py"),
                    "up",
                    "--demo",
                    "--no-history",
                    "--port",
                    "0",
                ),
                *("--data", str(folder / "data"), *options),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        started.append(program)
        return greeting(program)

    yield _start
    for program in started:
        program.send_signal(signal.SIGTERM)
    for program in started:
        program.wait(30)
        assert program.stdout is not None
        program.stdout.close()


@pytest.fixture
def log_in(browser: Browser) -> Iterator[Callable[[Product, str], Page]]:
    """Open a browser of his own for somebody, and log him in."""
    pages: list[Page] = []

    def _log_in(product: Product, role: str) -> Page:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        pages.append(page)
        login, password = product.log_ins[role]
        page.goto(product.url)
        page.get_by_test_id("login-name").fill(login)
        page.get_by_test_id("login-password").fill(password)
        page.get_by_test_id("login-submit").click()
        page.get_by_test_id("stream-state").wait_for()
        return page

    yield _log_in
    for page in pages:
        page.context.close()


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Centre]:
    """A centre whose clock only the test moves; a second operator may log in, too."""
    _present("the built console", there=(ROOT / "api/console/dist/index.html").exists())
    file = tmp_path_factory.mktemp("centre") / "store.sqlite"
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    running = Centre.start(database, clock=HandClock())
    with database.begin() as store:
        store.people.set_password(
            SiteCode("garden"),
            RELIEVER,
            login=f"{RELIEVER}@garden",
            password_hash=password_hash(),
        )
    yield running
    running.stop()
    database.close()


@pytest.fixture
def as_(browser: Browser, centre: Centre) -> Iterator[Callable[..., Page]]:
    """Open a browser of his own for somebody who is logged in."""
    made: list[BrowserContext] = []

    def _as(role: Role) -> Page:
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="zh-CN", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        made.append(context)
        session = centre.session(role)
        context.add_cookies([{"name": COOKIE, "value": session, "url": centre.url}])
        page = context.new_page()
        page.goto(centre.url)
        page.get_by_test_id("stream-state").wait_for()
        return page

    yield _as
    for context in made:
        context.close()


def greeting(program: subprocess.Popen[str]) -> Product:
    """Read what ``up`` prints until it has said all; what follows is read and thrown away."""
    assert program.stdout is not None
    url, log_ins, said = "", dict[str, tuple[str, str]](), []
    for line in program.stdout:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            url = found.group()
        elif found := re.match(r"  ([a-z_]+) +(\S+) +(\S+) ", line):
            log_ins[found.group(1)] = (found.group(2), found.group(3))
        if "Ctrl-C" in line:
            threading.Thread(target=_drain, args=(program,), daemon=True).start()
            return Product(url, log_ins)
    raise AssertionError("".join(said))


def _drain(program: subprocess.Popen[str]) -> None:
    assert program.stdout is not None
    try:
        for _ in program.stdout:
            pass
    except ValueError:
        return  # closed by the test's end


def _mosquitto() -> str | None:
    return shutil.which("mosquitto") or shutil.which("/usr/sbin/mosquitto")


def _present(what: str, *, there: bool) -> None:
    """Skip loudly without a component, or fail where nothing may be skipped."""
    if there:
        return
    if os.environ.get("SHOUWEN_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is missing, and nothing may be skipped")
    pytest.skip(f"{what} is missing")
