"""A unit's dossier as a book of tables, in the language of whoever reads it."""

from api.documents.book import Book, Sheet, Value
from api.documents.words import Language, word
from api.schemas.merit import DossierOut, LedgerLineOut, ProposalOut
from core.facts.days import SiteDays

_MONTH = ("month", "points", "late", "refused", "praised", "complained")
_STANDING = ("family", "standing", "since", "for_what", "by")
_DECIDED = ("proposal", "for_what", "points", "standing", "by", "reason", "evidence")
_DEEDS = ("at", "deed", "who", "evidence")


def book(dossier: DossierOut, *, site_name: str, days: SiteDays, language: Language) -> Book:
    """Return the dossier's tables: months, standing, decisions, and every piece of evidence."""

    def said(family: str, code: str) -> str:
        return word(language, family, code)

    def sheet(table: str, columns: tuple[str, ...], rows: list[tuple[Value, ...]]) -> Sheet:
        named = [said("merit_column", one) for one in columns]
        return Sheet(title=said("merit_table", table), columns=named, rows=rows)

    def standing(family: str, line: LedgerLineOut | None) -> tuple[Value, ...]:
        if line is None:
            return (said("family", family), said("merit_said", "undecided"), None, None, None)
        return (
            said("family", family),
            said("consequence", line.consequence),
            days.text(line.at),
            getattr(line.sentence, language),
            line.by.name if line.by else None,
        )

    def decided(one: ProposalOut) -> tuple[Value, ...]:
        decision = one.decision
        assert decision is not None
        return (
            one.number,
            getattr(one.sentence, language),
            decision.points,
            said("consequence", decision.consequence),
            decision.by.name if decision.by else None,
            decision.reason,
            "、".join(f"#{entry.issue}:{entry.seq}" for entry in one.evidence),
        )

    return Book(
        title=word(language, "merit_said", "title", site=site_name, unit=dossier.unit.name),
        subtitle=word(
            language, "merit_said", "at", at=days.text(dossier.at), balance=dossier.balance
        ),
        signed=said("said", "signed"),
        sheets=[
            sheet("standing", _STANDING, [standing(o.family, o.line) for o in dossier.standing]),
            sheet(
                "months",
                _MONTH,
                [
                    (o.month, o.points, o.late, o.refused, o.praised, o.complained)
                    for o in dossier.months
                ],
            ),
            sheet("decided", _DECIDED, [decided(one) for one in dossier.decided]),
            sheet(
                "deeds",
                _DEEDS,
                [
                    (
                        days.text(one.evidence.at),
                        said("deed", one.deed),
                        one.person.name if one.person else None,
                        f"#{one.evidence.issue}:{one.evidence.seq}",
                    )
                    for one in dossier.deeds
                ],
            ),
        ],
    )
