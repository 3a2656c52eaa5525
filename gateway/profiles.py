"""Profiles by name or by file: found, read, and refused with file, key and reason."""

import difflib
import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

P = TypeVar("P")


class UnknownProfile(Exception):
    """There is no profile of that name."""


class BadProfile(Exception):
    """A profile file does not say what a profile must say."""


class Shelf(Generic[P]):
    """The profiles that one system ships, and files of a site's own beside them."""

    def __init__(
        self, package: str, *, kind: str, make: Callable[[Mapping[str, object]], P]
    ) -> None:
        """Find them in the package's ``profiles``; ``make`` turns a document into a profile.

        :param kind: what messages call them
        :param make: raises ValueError with the reason where the document is none
        """
        self._folder = resources.files(package) / "profiles"
        self._kind = kind
        self._make = make
        found = (entry.name for entry in self._folder.iterdir())
        #: The names of those that are shipped.
        self.names = tuple(sorted(one[:-5] for one in found if one.endswith(".toml")))
        self._made: dict[str, P] = {}

    def load(self, name: str) -> P:
        """Return a profile by its name, or by a path that ends in ``.toml``.

        :raises UnknownProfile: no such name, or no such file.
        :raises BadProfile: the file is not a profile; says which key and why.
        """
        if name.endswith(".toml"):
            try:
                return self._read(Path(name).read_text(encoding="utf-8"), file=name)
            except (OSError, UnicodeDecodeError):
                raise UnknownProfile(self._unknown(name)) from None
        if name not in self.names:
            raise UnknownProfile(self._unknown(name))
        if name not in self._made:
            self._made[name] = self._read(self._text(name), file=f"{name}.toml")
        return self._made[name]

    def shipped(self, name: object) -> Mapping[str, object]:
        """Return a shipped profile as it is written, for one that extends it.

        :raises ValueError: there is none of that name
        """
        if not isinstance(name, str) or name not in self.names:
            raise ValueError(f"no shipped profile {str(name)[:80]!r}")
        return tomllib.loads(self._text(name))

    def _text(self, name: str) -> str:
        return (self._folder / f"{name}.toml").read_text(encoding="utf-8")

    def _unknown(self, name: str) -> str:
        close = difflib.get_close_matches(name, self.names, n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        return f"no {self._kind} {name[:100]!r}{hint} known: {', '.join(self.names)}"

    def _read(self, text: str, *, file: str) -> P:
        try:
            return self._make(tomllib.loads(text))
        except ValidationError as problem:
            first = problem.errors(include_url=False, include_input=False)[0]
            key = ".".join(str(part) for part in first["loc"])
            raise BadProfile(f"{file}: {key}: {first['msg']}") from None
        except (ValueError, RecursionError) as problem:  # bad TOML is a ValueError
            raise BadProfile(f"{file}: {problem}") from None
