"""Dialects of door stations, readers and buttons: patterns and rules ready for use."""

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.access_control.form import ProfileForm
from gateway.access_control.rules import Rulebook
from gateway.access_control.topic import TopicPattern
from gateway.profiles import Shelf


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


def _made(document: Mapping[str, object]) -> Profile:
    form = ProfileForm.model_validate(document)
    return Profile(
        form=form,
        topics=tuple(TopicPattern.of(topic) for topic in form.topic),
        rules=Rulebook.of(form.rule),
    )


_SHELF = Shelf("gateway.access_control", kind="profile", make=_made)


def names() -> tuple[str, ...]:
    """Return the names of the profiles that are shipped."""
    return _SHELF.names


def load(name: str) -> Profile:
    """Return a profile by its name, or by a path that ends in ``.toml``.

    :raises UnknownProfile: no such name, or no such file.
    :raises BadProfile: the file is not a profile; says which key and why.
    """
    return _SHELF.load(name)
