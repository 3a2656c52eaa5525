"""``make screenshots``: every page of every role, in both languages, as the browser draws it.

Starts the demo with the two months that lie behind it, or looks at a running one (``--url``).
Pages are found by the navigation itself, so that a new page needs no entry here.
"""

import argparse
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.console.conftest import FLAGS, ROOT, Product, greeting

#: Whose pages come first gives them their names; a page is taken once in each language.
ROLES = (
    "operator",
    "desk_agent",
    "general_group_supervisor",
    "director",
    "captain",
    "administrator",
    "guard",
)
DESK = ViewportSize(width=1440, height=900)
TELEPHONE = ViewportSize(width=390, height=844)
#: What guards and cleaners see, they see on a telephone.
ON_TELEPHONES = {"guard"}
#: Milliseconds a slow machine may take for a page.
PATIENCE = 40_000


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is shown."""

    language: str
    shade: str = "light"
    telephone: bool = False

    @property
    def folder(self) -> str:
        """``zh``, ``en-dark``, ``zh-telephone``."""
        of = [self.language, *(["dark"] if self.shade == "dark" else [])]
        return "-".join([*of, *(["telephone"] if self.telephone else [])])


def main() -> None:
    """Take the pictures the command line asks for, and say where they lie."""
    asked = argparse.ArgumentParser(description="Screenshots of every page.")
    asked.add_argument("--folder", type=Path, default=ROOT / "var/screenshots")
    asked.add_argument("--url", help="a running demo, with --password")
    asked.add_argument("--password", default="", help="its shared password")
    asked.add_argument("--only", default="", help="a regular expression on the address")
    asked.add_argument("--roles", default=",".join(ROLES))
    asked.add_argument("--looks", default="zh,en,zh-dark,en-dark,zh-telephone,en-telephone")
    wanted = asked.parse_args()
    looks = [_look(name) for name in wanted.looks.split(",")]
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with (
        _product(wanted.url, wanted.password) as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS, headless=True)
        taken = [
            picture
            for look in looks
            for picture in _round(
                browser,
                product,
                look,
                roles=wanted.roles.split(","),
                only=re.compile(wanted.only),
                folder=wanted.folder / look.folder,
            )
        ]
        browser.close()
    sys.stdout.write(f"{len(taken)} pictures in {wanted.folder}\n")


def _look(name: str) -> Look:
    language, *more = name.split("-")
    return Look(language, "dark" if "dark" in more else "light", "telephone" in more)


def _round(
    browser: Browser,
    product: Product,
    look: Look,
    *,
    roles: list[str],
    only: re.Pattern[str],
    folder: Path,
) -> Iterator[Path]:
    """Take each page once in one look, by the first role that sees it."""
    folder.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    for role in roles:
        if not _meant(role, look):
            continue
        context = _context(browser, look)
        page = log_in(context, product, role)
        for address in [*pages_of(page), *_inner(page, product)]:
            if address in seen or not only.search(address):
                continue
            seen.add(address)
            yield _taken(page, product.url + address, folder / _name(role, address))
        context.close()


def _meant(role: str, look: Look) -> bool:
    """Whether a role is shown so: telephones for those who walk, dark for whoever sits at night."""
    if look.telephone:
        return role in ON_TELEPHONES
    return role == "operator" if look.shade == "dark" else role not in ON_TELEPHONES


def _context(browser: Browser, look: Look) -> BrowserContext:
    context = browser.new_context(
        viewport=TELEPHONE if look.telephone else DESK, reduced_motion="reduce"
    )
    settings = json.dumps({"language": look.language, "shade": look.shade})
    context.add_init_script(f"localStorage.setItem('shouwen.settings', '{settings}')")
    return context


def log_in(context: BrowserContext, product: Product, role: str) -> Page:
    """Log somebody in and wait until he stands on his first page."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    login, password = product.log_ins[role]
    page.goto(product.url)
    page.get_by_test_id("login-name").fill(login)
    page.get_by_test_id("login-password").fill(password)
    page.get_by_test_id("login-submit").click()
    page.get_by_test_id("stream-state").wait_for()
    return page


def pages_of(page: Page) -> list[str]:
    """Return every address of somebody's navigation: each room, and each tab of it."""
    found: list[str] = []
    for room in page.locator("[data-testid^=room-]").all():
        room.click()
        tabs = page.locator(".tabs")
        address = room.get_attribute("href") or "/"
        page.wait_for_url(f"**{address}")
        hrefs = [tab.get_attribute("href") or "/" for tab in tabs.locator("a").all()]
        found += hrefs or [address]
    return found


def _inner(page: Page, product: Product) -> list[str]:
    """Return pages behind others: an issue, a month, the issues behind one of its numbers."""
    found = []
    for start, link in (("/issues", "a[href^='/issues/']"), ("/months", "a[href^='/months/']")):
        page.goto(product.url + start)
        settled(page)
        first = page.locator(f"main {link}").first
        if first.count():
            address = first.get_attribute("href") or "/"
            found.append(address)
            if start == "/months":
                found.append(f"{address}/all.told.")
    return found


def _taken(page: Page, address: str, file: Path) -> Path:
    page.goto(address)
    settled(page)
    page.screenshot(path=file)
    return file


def settled(page: Page) -> None:
    """Wait until a page has what it asked for."""
    page.get_by_test_id("stream-state").wait_for()
    page.locator("main").first.wait_for()
    expect(page.locator(".ant-skeleton, [data-loading]")).to_have_count(0, timeout=PATIENCE)
    page.wait_for_load_state("load")


def _name(role: str, address: str) -> str:
    """``director-months-2026-11.png``: no character a file system dislikes."""
    return f"{role}{re.sub(r'[^A-Za-z0-9-]+', '-', address).rstrip('-')}.png"


@contextmanager
def _product(url: str | None, password: str) -> Iterator[Product]:
    if url:
        logins = {
            "operator": "J01",
            "desk_agent": "K01",
            "general_group_supervisor": "Z01",
            "director": "D01",
            "captain": "A01",
            "guard": "A11",
            "administrator": "X01",
        }
        yield Product(url, {role: (login, password) for role, login in logins.items()})
        return
    with tempfile.TemporaryDirectory() as folder:
        program = subprocess.Popen(
            [
                *(sys.executable, str(ROOT / "shouwen.py"), "up", "--demo", "--speed", "60"),
                *("--port", "0", "--data", f"{folder}/data"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=folder,
        )
        try:
            yield greeting(program)
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(60)


if __name__ == "__main__":
    main()
