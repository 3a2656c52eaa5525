"""The register (登记表) of a month or a day, in the order of its numbers."""

from datetime import date

from api.documents.register import COLUMNS
from api.documents.words import word
from api.schemas.issue import IssueRow
from api.schemas.month import RegisterOut
from api.schemas.values import Sentence
from api.views.views import Views
from core.facts.issue import IssueNumber
from core.facts.month import MonthCode
from core.statistics.month import first_of

#: Issues that are looked up at once.
_MANY = 500


def register_rows(views: Views, month: MonthCode, *, on: date | None) -> list[IssueRow]:
    """Return all lines of the register.

    :raises NotReadable: not a month.
    """
    return _rows(views, _numbers(views, month, on))


def register_out(
    views: Views, month: MonthCode, *, on: date | None, limit: int, after: int | None
) -> RegisterOut:
    """Return a page of the register, from behind the number ``after``.

    :raises NotReadable: not a month.
    """
    numbers = [one for one in _numbers(views, month, on) if one > (after or 0)]
    page = numbers[:limit]
    return RegisterOut(
        site_name=views.store.sites.find(views.site).name,
        of=on.isoformat() if on else month,
        columns={
            name: Sentence(zh=word("zh", "register", name), en=word("en", "register", name))
            for name in COLUMNS
        },
        items=_rows(views, page),
        next_cursor=str(page[-1]) if len(numbers) > limit else None,
    )


def _numbers(views: Views, month: MonthCode, on: date | None) -> list[IssueNumber]:
    first_of(month)
    return views.store.issue_facts.numbers(views.site, month, on=on)


def _rows(views: Views, numbers: list[IssueNumber]) -> list[IssueRow]:
    rows: list[IssueRow] = []
    for start in range(0, len(numbers), _MANY):
        issues = views.store.issues.several(views.site, numbers[start : start + _MANY])
        rows += views.rows([issues[number] for number in sorted(issues)])
    return rows
