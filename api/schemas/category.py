"""Categories of problems."""

from api.schemas.values import Out, Sentence
from core.facts.issue import Urgency


class CategoryOut(Out):
    """A kind of problem, as the catalogue describes it (五.1(2))."""

    code: str
    zh: str
    en: str
    urgency: Urgency
    first_actions: Sentence | None
