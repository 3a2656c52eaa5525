"""``python -m gateway``: one gateway process. Reads clock and environment, and nothing else does.

Exit code 0 after SIGTERM or SIGINT, 1 when it cannot begin, 2 for a wrong command line.
"""

import argparse
import os
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import structlog

from gateway import lasting, settings, site
from gateway.spool import SpoolFailed, SpoolInUse
from gateway.supervisor import Gateway

log = structlog.get_logger("gateway")


def main() -> int:
    """Run until told to end."""
    _log_as_json()
    arguments = _arguments()
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    try:
        gateway = Gateway(_settings(arguments), clock=_now)
        gateway.start()
    except site.BadSite as problem:
        for mistake in problem.mistakes:
            log.critical("mistake in the site file", file=str(arguments.site), **mistake._asdict())
        return 1
    except (settings.Unconfigured, SpoolInUse, SpoolFailed) as problem:
        log.critical("cannot begin", reason=str(problem))
        return 1
    lasting.set_aside()
    log.info("gateway runs", data=str(arguments.data), version=sys.version.split()[0])
    ending.wait()
    gateway.stop()
    log.info("gateway ended")
    return 0


def _settings(arguments: argparse.Namespace) -> settings.Settings:
    broker = None
    if arguments.broker_url:
        broker = site.BrokerWiring(
            url=arguments.broker_url,
            username=arguments.broker_username,
            password_file=arguments.broker_password_file,
            counts_losses=arguments.broker_counts_losses,
        )
    return settings.of(
        site.read(arguments.site),
        data=arguments.data,
        environment=os.environ,
        instance=arguments.instance,
        centre_url=arguments.centre_url,
        broker=broker,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gateway", description=__doc__)
    parser.add_argument("--site", type=Path, required=True, help="site.toml")
    parser.add_argument("--data", type=Path, required=True, help="where spool and keys live")
    parser.add_argument("--instance", default="1", help="which of the site's gateways this is")
    parser.add_argument("--centre-url", help="goes before the site file's")
    parser.add_argument("--broker-url", help="mqtt://host:port; goes before the site file's")
    parser.add_argument("--broker-username")
    parser.add_argument("--broker-password-file", type=Path)
    parser.add_argument(
        "--broker-counts-losses",
        action="store_true",
        help="ask it how many messages it threw away, as mosquitto tells below $SYS",
    )
    return parser.parse_args()


def _log_as_json() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the shell reads the clock


if __name__ == "__main__":
    sys.exit(main())
