"""``python -m bench.console_server MANY``: the centre with so many open issues, for a browser.

Each of them is a press at a door that nobody has taken yet, through the real intake: all of them
stand in the operators' queue. It prints where it is; each line it is then sent is one more press,
answered with the moment of its commit.
"""

import sys
import tempfile
import time
from pathlib import Path

from api.settings import Settings
from bench.stream_server import hub_of
from core import rules
from core.store.database import Database
from tests.api.running import Centre

_PART = 500


def main() -> None:
    """Serve until stdin ends."""
    many = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(
            f"sqlite:///{Path(folder) / 'store.sqlite'}", rules=rules.rules(speed=1)
        )
        database.migrate()
        centre = Centre.start(database, settings=Settings())
        for start in range(0, many, _PART):
            numbers = range(start, min(start + _PART, many))
            centre.office.hears(*(centre.event(call=f"call-{number}") for number in numbers))
        hub = hub_of(centre)
        print(centre.url, flush=True)
        for number, _line in enumerate(sys.stdin, start=many):
            centre.office.hears(centre.event(call=f"call-{number}"))
            at = time.time()
            hub.wake()  # as the API does after every commit of its own
            print(at, flush=True)
        centre.stop()
        database.close()


if __name__ == "__main__":
    main()
