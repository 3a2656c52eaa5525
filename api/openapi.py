"""``python -m api.openapi`` prints the API's description; no database is needed."""

import sys

from api.app import bare_app
from api.description import text


def main() -> None:
    """Print the description."""
    sys.stdout.write(text(bare_app()) + "\n")


if __name__ == "__main__":
    main()
