"""Profiles by name or by file: found, read, and refused with file, key and reason."""

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from gateway.access_control.form import ProfileForm
from gateway.access_control.rules import Rulebook
from gateway.access_control.topic import BadPattern, TopicPattern

_SHIPPED = resources.files("gateway.access_control") / "profiles"


class UnknownProfile(Exception):
    """There is no profile of that name."""

    def __init__(self, name: str) -> None:
        """Say which are known and which was probably meant."""
        close = difflib.get_close_matches(name, names(), n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        super().__init__(f"no profile {name[:100]!r}{hint} known: {', '.join(names())}")


class BadProfile(Exception):
    """A profile file does not say what a profile must say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One dialect: the file as written, with patterns and rules ready for use."""

    form: ProfileForm
    topics: tuple[TopicPattern, ...]
    rules: Rulebook

    @property
    def name(self) -> str:
        """The dialect's name: ``dahua-vto``."""
        return self.form.name


@cache
def names() -> tuple[str, ...]:
    """Return the names of the profiles that are shipped."""
    found = (entry.name for entry in _SHIPPED.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def load(name: str) -> Profile:
    """Return a profile by its name, or by a path that ends in ``.toml``.

    :raises UnknownProfile: no such name, or no such file.
    :raises BadProfile: the file is not a profile; says which key and why.
    """
    if name.endswith(".toml"):
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, ValueError):
            raise UnknownProfile(name) from None
        return _read(text, file=name)
    if name not in names():
        raise UnknownProfile(name)
    return _shipped(name)


@cache
def _shipped(name: str) -> Profile:
    text = (_SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    return _read(text, file=f"{name}.toml")


def _read(text: str, *, file: str) -> Profile:
    try:
        form = ProfileForm.model_validate(tomllib.loads(text))
        return Profile(
            form=form,
            topics=tuple(TopicPattern.of(topic) for topic in form.topic),
            rules=Rulebook.of(form.rule),
        )
    except tomllib.TOMLDecodeError as problem:
        raise BadProfile(f"{file}: {problem}") from None
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadProfile(f"{file}: {key}: {first['msg']}") from None
    except (BadPattern, ValueError) as problem:
        raise BadProfile(f"{file}: {problem}") from None
