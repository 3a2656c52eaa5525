"""Handover sheets as the API answers them: typed from the very bytes that are signed."""

import json
from collections.abc import Sequence

from api.routes.paging import next_cursor
from api.schemas.handover import (
    HandoverOut,
    HandoverRow,
    HandoversOut,
    PresentSheetOut,
    SheetOut,
    ShiftNoteOut,
)
from api.views.views import Views
from core.facts.handover import Handover, ShiftNote
from core.monitoring import sheet


def present_sheet(views: Views) -> PresentSheetOut:
    """Return the sheet as it would be signed now."""
    built = sheet.build(views.store, views.site, now=views.now)
    return PresentSheetOut(
        sheet=SheetOut.model_validate_json(built.text),
        sha256=built.sha256,
        forbidding=[report.number for report in built.forbidding],
    )


def handover_out(views: Views, signed: Handover) -> HandoverOut:
    """Return a sheet as it was signed."""
    return HandoverOut(
        **dict(_row(views, signed)),
        sheet=SheetOut.model_validate(json.loads(signed.sheet)["sheet"]),
        intact=sheet.digest(signed.sheet) == signed.sha256,
    )


def handovers_out(views: Views, found: Sequence[Handover], *, limit: int) -> HandoversOut:
    """Return a page of signed sheets, of which one more than ``limit`` was found."""
    return HandoversOut(
        items=[_row(views, one) for one in found[:limit]],
        next_cursor=next_cursor([one.number for one in found], limit),
    )


def note_out(views: Views, note: ShiftNote) -> ShiftNoteOut:
    """Return a note that waits for the next sheet."""
    return ShiftNoteOut(id=note.id, words=note.words, by=views.names.person(note.by), at=note.at)


def _row(views: Views, signed: Handover) -> HandoverRow:
    return HandoverRow(
        number=signed.number,
        outgoing=views.names.person(signed.outgoing),
        incoming=views.names.person(signed.incoming),
        signed_at=signed.signed_at,
        sha256=signed.sha256,
    )
