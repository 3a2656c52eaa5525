"""Categories of problems, and what each asks of whom (问题类别)."""

from dataclasses import dataclass
from typing import NewType

CategoryCode = NewType("CategoryCode", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The same text in the office's two languages."""

    zh: str
    en: str
