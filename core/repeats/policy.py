"""What is the same again: pure, and in microseconds."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from rapidfuzz import fuzz

from core.facts.issue import Issue
from core.facts.repeat import RepeatRule

#: Categories that say what is wanted, not what is wrong: the same twice is no repeat by itself.
CATCH_ALL = frozenset({"enquiry", "help_needed"})

#: All that is no letter, digit or character.
_ELSE = re.compile(r"[\W_]+")
#: Numbers of characters and pairs are spread by a multiplication (Knuth) over 32 bits.
_MIX, _ALL = 2_654_435_761, 0xFFFF_FFFF
#: Characters and pairs of one sketch at most: half of its bits.
_MOST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The earlier issue of which this is a repeat."""

    of: Issue
    rule: RepeatRule
    likeness: int


def plain(words: str) -> str:
    """Return words as they are compared: letters, digits and characters alone, one width."""
    return _ELSE.sub("", unicodedata.normalize("NFKC", words).casefold())


def likeness(one: str, other: str) -> int:
    """Return how alike two texts are, from 0 to 100; of plain words."""
    return round(fuzz.ratio(one, other))


def bits(words: str) -> int:
    """Return the bits of a sketch of words: one of 128 for each character and pair of neighbours.

    Of a long story only those with the lowest numbers, which are the same in another like it:
    with most of its bits set a sketch would say nothing.
    """
    said = plain(words)
    told = {*said, *(first + second for first, second in pairwise(said))}
    numbers = sorted({crc32(one.encode("utf-8", "surrogatepass")) * _MIX & _ALL for one in told})
    sketch = 0
    for number in numbers[:_MOST]:
        sketch |= 1 << (number >> 8 & 127)
    return sketch


def share_a_pair(one: str, other: str) -> bool:
    """Whether two plain texts have any two neighbouring characters in common."""
    return not {*pairwise(one)}.isdisjoint(pairwise(other))


def repeat_of(issue: Issue, earlier: Iterable[Issue], *, alike: int) -> Found | None:
    """Return the last issue of the same customer of which this is a repeat; None: of none.

    The same category is the same problem, unless it is a catch-all; else the words decide, at the
    same place or where one of the two names none.

    :param alike: likeness from which words speak of the same.
    """
    said = plain(issue.words)
    last: Found | None = None
    for one in earlier:
        near = likeness(said, plain(one.words))
        rule = _rule(issue, one, near, alike)
        if rule is None:
            continue
        if last is None or one.number > last.of.number:
            last = Found(of=one, rule=rule, likeness=near)
    return last


def _rule(issue: Issue, one: Issue, near: int, alike: int) -> RepeatRule | None:
    same = issue.category is not None and issue.category == one.category
    if same and issue.category not in CATCH_ALL:
        return RepeatRule.CATEGORY
    here = issue.place is None or one.place is None or issue.place == one.place
    return RepeatRule.WORDS if here and near >= alike else None
