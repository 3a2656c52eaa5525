"""``python -m api``: one centre process, with its ticker, its auditor and its stream."""

import argparse
import logging
import os
import sys
from datetime import datetime
from pathlib import Path

import structlog

from api import lasting
from api.app import create_app
from api.clock import Clock, DemoClock, SystemClock
from api.messengers.push import SERVICES
from api.server import Server
from api.settings import Settings
from core import rules
from core.facts import moment
from core.store.database import Database

log = structlog.get_logger(__name__)


def main(arguments: list[str] | None = None) -> None:
    """Migrate, serve until SIGTERM or SIGINT, and close the database."""
    asked = _parser().parse_args(arguments)
    clock = _clock(asked)
    url = asked.database or f"sqlite:///{Path(asked.data).absolute() / 'store.sqlite'}"
    Path(asked.data).mkdir(parents=True, exist_ok=True)
    _log_lines()
    database = Database.open(
        url, rules=rules.rules(speed=clock.speed), pictures=_pictures(asked, url)
    )
    try:
        database.migrate()
        app = create_app(database=database, clock=clock, settings=Settings(seal_key=asked.seal_key))
        lasting.set_aside()
        app = create_app(database=database, clock=clock, settings=_settings(asked))
        log.info("serving", host=asked.host, port=asked.port, database=database.dialect)
        Server(app, host=asked.host, port=asked.port).run()
    finally:
        database.close()


def _settings(asked: argparse.Namespace) -> Settings:
    return Settings(
        seal_key=asked.seal_key,
        public_url=asked.public_url,
        push_key=asked.push_key.read_bytes() if asked.push_key else None,
        push_contact=asked.push_contact,
        push_services=(*SERVICES, *asked.push_service),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api", description=__doc__)
    parser.add_argument(
        "--database",
        default=os.environ.get("DATABASE_URL"),
        help="sqlite:///FILE or postgresql+psycopg://…; DATABASE_URL, or SQLite in the data folder",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--data", default="var", metavar="DIR", help="where a SQLite file lies")
    parser.add_argument(
        "--pictures",
        default=os.environ.get("PICTURES_URL"),
        metavar="DIR",
        help="where pictures lie: a folder or s3://…; PICTURES_URL, or beside the database",
    )
    parser.add_argument(
        "--seal-key",
        type=_key,
        metavar="FILE",
        help="the key of the journal's seals; without it nothing is sealed",
    )
    parser.add_argument(
        "--public-url",
        type=_address,
        default=os.environ.get("PUBLIC_URL"),
        metavar="URL",
        help="where people reach this product, for the links in messages; PUBLIC_URL",
    )
    parser.add_argument(
        "--push-key",
        type=Path,
        metavar="FILE",
        help="who we are to push services, PEM; without it no browser is called",
    )
    parser.add_argument(
        "--push-service",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="a push service of one's own, beside those of the browsers; may be given again",
    )
    parser.add_argument(
        "--push-contact",
        default="mailto:shouwen@localhost",
        metavar="MAILTO",
        help="whom a push service may ask about us",
    )
    demo = parser.add_argument_group("demonstration")
    demo.add_argument(
        "--demo-clock",
        type=_speed,
        metavar="SPEED",
        help="run the site's clock so many times as fast as the real one",
    )
    demo.add_argument(
        "--demo-begins",
        type=_moment,
        metavar="TIME",
        help="at which moment the fast clock begins; with an offset",
    )
    return parser


def _pictures(asked: argparse.Namespace, url: str) -> str | Path | None:
    """Return where pictures lie; None: beside the SQLite file."""
    if asked.pictures or url.startswith("sqlite:"):
        return asked.pictures  # type: ignore[no-any-return] # a text, by its parser
    return Path(asked.data).absolute() / "pictures"


def _clock(asked: argparse.Namespace) -> Clock:
    if asked.demo_clock is None:
        return SystemClock()
    return DemoClock.starting(civil_epoch=asked.demo_begins, speed=asked.demo_clock)


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed <= 100_000:
        raise argparse.ArgumentTypeError("a speed lies above 0 and up to 100000")
    return speed


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError("an address begins with https://")
    return text.rstrip("/")


def _key(file: str) -> bytes:
    return bytes.fromhex(Path(file).read_text(encoding="ascii").strip())


def _moment(text: str) -> datetime:
    return moment.parse(text)


def _log_lines() -> None:
    """Log JSON lines, ours and the libraries', in which control characters are escaped."""
    stamped: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    json_lines = structlog.processors.JSONRenderer()
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=stamped,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, json_lines],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    structlog.configure(
        processors=[*stamped, json_lines],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


if __name__ == "__main__":
    main()
