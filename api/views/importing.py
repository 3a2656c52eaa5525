"""Tables as they are handed out, and what is said of one that was brought."""

from collections.abc import Mapping

from api.schemas.importing import DifferenceOut, ImportOut, MistakeOut
from core.administration import forms, service
from core.administration.forms import ImportKind
from core.facts.device import SiteCode
from core.sheets.trying import Outcome
from core.store.store import Store


def rows(store: Store, site: SiteCode, kind: ImportKind) -> list[list[str]]:
    """Return a table's headings and what is known now, a row for each."""
    columns = list(forms.COLUMNS[kind].all)
    table = [
        [cell({"code": code, **facts}[name]) for name in columns]
        for code, facts in _known(store, site, kind)
    ]
    return [columns, *table]


def _known(
    store: Store, site: SiteCode, kind: ImportKind
) -> list[tuple[str, Mapping[str, object]]]:
    if kind is ImportKind.PEOPLE:
        return [(one.code, service.of_person(one)) for one in store.people.all(site)]
    if kind is ImportKind.UNITS:
        return [(one.code, service.of_unit(one)) for one in store.people.units(site)]
    return [(one.code, service.of_place(one)) for one in store.sites.places(site)]


def outcome(found: Outcome) -> ImportOut:
    """Return what is said of a table."""
    return ImportOut.model_validate(
        {
            "rows": found.rows,
            "differences": [
                DifferenceOut.model_validate(
                    {"row": one.row, "code": one.code, "before": one.before, "after": one.after}
                )
                for one in found.differences
            ],
            "mistakes": [
                MistakeOut(row=one.row, column=one.column, reason=one.reason)
                for one in found.mistakes
            ],
            "sha256": found.sha256,
            "done": found.done,
        }
    )


def cell(value: object) -> str:
    """Return a value as it stands in a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
