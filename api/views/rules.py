"""A site's rules and what a change of them would do, as the API answers them."""

import hashlib
from collections.abc import Sequence

from api.schemas.rules import EditionOut, MoveOut, PreviewOut, WaitingStep
from api.views.views import Views
from core.facts.ladder import Step
from core.facts.rules import Edition, RuleKind
from core.rules import texts
from core.rules.changing import Move, Preview

#: So many issues that move are shown; the number says how many there are.
_SHOWN = 200


def in_force(views: Views, kind: RuleKind) -> EditionOut:
    """Return what is in force of one kind."""
    own = texts.in_force(views.store, site=views.site, kind=kind)
    if own is not None:
        return edition_out(views, own)
    text = texts.shipped(kind)
    return EditionOut(
        kind=kind,
        version=0,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        since=None,
        by=None,
        reason=None,
    )


def edition_out(views: Views, edition: Edition) -> EditionOut:
    """Return one version."""
    return EditionOut(
        kind=edition.kind,
        version=edition.version,
        text=edition.text,
        sha256=edition.sha256,
        since=edition.since,
        by=views.names.some_person(edition.by),
        reason=edition.reason,
    )


def preview_out(views: Views, preview: Preview) -> PreviewOut:
    """Return what a text would change."""
    return PreviewOut(
        version=preview.version,
        base=preview.base,
        looked_at=preview.looked_at,
        moved=len(preview.moves),
        items=[_move(views, one) for one in preview.moves[:_SHOWN]],
    )


def _move(views: Views, move: Move) -> MoveOut:
    return MoveOut(
        issue=move.issue.number,
        words=move.issue.words,
        place=views.names.place(move.issue.place),
        urgency=move.issue.urgency,
        reported_at=move.issue.reported_at,
        before=_steps(move.before),
        after=_steps(move.after),
        at_once=any(step.due_at <= views.now for step in move.after),
    )


def _steps(steps: Sequence[Step]) -> list[WaitingStep]:
    return [WaitingStep(to=list(step.to), due_at=step.due_at) for step in steps]
