"""The vocabulary of a dialect: from a word and its circumstances to what it means."""

import fnmatch
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.facts.device import EventType, Plain
from gateway.access_control.fields import Document, Lookup, word
from gateway.access_control.form import PLAIN_EVENTS, Means, RuleForm, Word

_SEPARATORS = re.compile(r"[-_ ]+")
_TYPES: Mapping[str, EventType] = {event.value: event for event in PLAIN_EVENTS}


def normal(code: str) -> str:
    """Return a kind of event as it is compared: without case, dashes and spaces."""
    return _SEPARATORS.sub("", code.casefold())


@dataclass(frozen=True, slots=True)
class Condition:
    """A path must hold one of some words."""

    lookup: Lookup
    words: frozenset[str]
    contains: tuple[str, ...]
    something: bool
    nothing: bool

    @classmethod
    def of(cls, path: str, values: Iterable[Word]) -> "Condition":
        """Make a condition ready."""
        words = [word(value) for value in values]
        return cls(
            lookup=Lookup(path),
            words=frozenset(one for one in words if not one.startswith("~")),
            contains=tuple(one[1:] for one in words if one.startswith("~")),
            something="*" in words,
            nothing="-" in words,
        )

    def holds(self, document: Document) -> bool:
        """Whether a body fulfils it."""
        found = self.lookup.find(document)
        if found is None or found == "":
            return self.nothing
        if self.something:
            return True
        said = word(found)
        return said in self.words or any(part in said for part in self.contains)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, ready to be asked."""

    means: Means
    type: EventType | None
    level: str | None
    subject: str | None
    conditions: tuple[Condition, ...]
    data: Mapping[str, Plain] = field(default_factory=dict)

    @classmethod
    def of(cls, form: RuleForm) -> "Rule":
        """Make a rule ready."""
        kind = _TYPES.get(form.means)
        return cls(
            means=Means.EVENT if kind else Means(form.means),
            type=kind,
            level=form.level,
            subject=form.subject,
            conditions=tuple(Condition.of(path, values) for path, values in form.when.items()),
            data=form.data,
        )

    def fits(self, document: Document) -> bool:
        """Whether the circumstances are those of the rule."""
        return all(condition.holds(document) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of a dialect, those for one word found at once."""

    exact: Mapping[str, tuple[Rule, ...]]
    patterns: tuple[tuple[re.Pattern[str], Rule], ...]
    beginnings: tuple[tuple[str, Rule], ...]
    nameless: tuple[Rule, ...]

    @classmethod
    def of(cls, forms: Iterable[RuleForm]) -> "Rulebook":
        """Make the rules ready; their order stays."""
        exact: dict[str, list[Rule]] = {}
        patterns: list[tuple[re.Pattern[str], Rule]] = []
        beginnings: list[tuple[str, Rule]] = []
        nameless: list[Rule] = []
        for form in forms:
            rule = Rule.of(form)
            beginnings += [(text, rule) for text in form.starts]
            for code in form.code:
                if "*" in code:
                    patterns.append((re.compile(fnmatch.translate(normal(code))), rule))
                else:
                    exact.setdefault(normal(code), []).append(rule)
            if not form.code and not form.starts:
                nameless.append(rule)
        held = {code: tuple(rules) for code, rules in exact.items()}
        return cls(held, tuple(patterns), tuple(beginnings), tuple(nameless))

    def find(self, code: str, document: Document) -> Rule | None:
        """Return the first rule that fits; exact words before patterns."""
        if not code:
            return next((rule for rule in self.nameless if rule.fits(document)), None)
        said = normal(code)
        for rule in self.exact.get(said, ()):
            if rule.fits(document):
                return rule
        for pattern, rule in self.patterns:
            if pattern.fullmatch(said) and rule.fits(document):
                return rule
        for text, rule in self.beginnings:
            if code.startswith(text) and rule.fits(document):
                return rule
        return None

    def knows(self, code: str) -> bool:
        """Whether the word occurs at all, in whatever circumstances."""
        said = normal(code)
        return said in self.exact or any(pattern.fullmatch(said) for pattern, _ in self.patterns)
