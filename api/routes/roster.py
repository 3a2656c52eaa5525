"""The duty roster: read by weeks, written and imported with the same checks (E11)."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.runtime import Work
from api.schemas.roster import (
    AbsenceIn,
    AbsenceOut,
    CellIn,
    OnDutiesOut,
    PostIn,
    PostOut,
    RosterIn,
    RosterOut,
    ShiftIn,
    ShiftOut,
    StandInIn,
    StandInOut,
)
from api.schemas.values import Code, Number
from api.views import roster as shown
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.roster import Cell, Duty, Leave, Post, PostCode, Relief, Row, Shift, ShiftCode
from core.roster import absences, writing
from core.roster import service as roster
from core.store.store import Store

router = APIRouter(prefix="/roster", tags=["roster"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_ROSTER))]
Writing = Annotated[Work, Depends(Permitted(Action.WRITE_ROSTER))]
Standing = Annotated[Work, Depends(Permitted(Action.STAND_IN))]
CodePath = Annotated[str, Path(max_length=64, pattern=r"^[^\x00-\x20/\x7f]+$")]
Day = Annotated[date, Query(description="The first day; the site's civil date.")]
Days = Annotated[int, Query(ge=1, le=62, description="How many days.")]


@router.get(
    "",
    summary="Some days of the roster",
    operation_id="read_roster",
    response_model=RosterOut,
    responses=READS,
)
def read_roster(work: Seeing, first: Day, days: Days = 7) -> Response:
    """Return posts, shifts, duties, gaps, absences and stand-ins of these days."""
    last = _plus(first, days - 1)
    return work.read(lambda views: shown.days(views, first, last))


@router.get(
    "/on-duty",
    summary="Who is on duty now",
    operation_id="read_on_duty",
    response_model=OnDutiesOut,
    responses=READS,
)
def read_on_duty(
    work: Seeing,
    role: Role | None = None,
    place: Annotated[Code | None, Query(description="The nearest to it first.")] = None,
) -> Response:
    """Return who is on duty at this moment, deputies and stand-ins included."""
    near = PlaceCode(place) if place is not None else None
    return work.read(
        lambda views: OnDutiesOut(
            items=[
                shown.on_duty_out(views, one)
                for one in roster.on_duty(
                    views.store, site=views.site, at=views.now, role=role, place=near
                )
            ]
        )
    )


@router.put(
    "/posts/{code}",
    summary="Enter or change a post",
    operation_id="write_post",
    response_model=PostOut,
    responses=WRITES,
)
def write_post(code: CodePath, body: PostIn, work: Writing) -> Response:
    """Enter a post; its role stays while somebody is on the roster for it."""
    post = Post(
        code=PostCode(code),
        name=body.name,
        role=body.role,
        place=PlaceCode(body.place) if body.place is not None else None,
        least=body.least,
    )
    return work.write(
        lambda store: writing.write_post(
            store, site=work.site, post=post, by=work.by, now=work.now
        ),
        show=shown.post_out,
    )


@router.put(
    "/shifts/{code}",
    summary="Enter or change a shift",
    operation_id="write_shift",
    response_model=ShiftOut,
    responses=WRITES,
)
def write_shift(code: CodePath, body: ShiftIn, work: Writing) -> Response:
    """Enter a shift; its times stay while a roster that is not over uses it."""
    shift = Shift(
        code=ShiftCode(code),
        name=body.name,
        begins=time.fromisoformat(body.begins),
        ends=time.fromisoformat(body.ends),
    )
    return work.write(
        lambda store: writing.write_shift(
            store, site=work.site, shift=shift, by=work.by, now=work.now
        ),
        show=shown.shift_out,
    )


@router.put(
    "",
    summary="Write the roster of some days",
    operation_id="write_roster",
    response_model=RosterOut,
    responses=WRITES,
)
def write_roster(body: RosterIn, work: Writing) -> Response:
    """Put these duties in the place of what stands for the days and is not over."""
    rows = [
        Row(
            day=one.day,
            post=PostCode(one.post),
            shift=ShiftCode(one.shift),
            person=PersonCode(one.person),
        )
        for one in body.rows
    ]

    def act(store: Store) -> Sequence[Duty]:
        if body.dry_run:
            return writing.plan(
                store, site=work.site, first=body.first, last=body.last, rows=rows, now=work.now
            )
        return writing.write(
            store,
            site=work.site,
            first=body.first,
            last=body.last,
            rows=rows,
            by=work.by,
            now=work.now,
        )

    return work.write(
        act, show=lambda views, duties: shown.days(views, body.first, body.last, planned=duties)
    )


@router.put(
    "/cell",
    summary="Write one cell of the roster",
    operation_id="write_roster_cell",
    response_model=RosterOut,
    responses=WRITES,
)
def write_roster_cell(body: CellIn, work: Writing) -> Response:
    """Say who stands at a post in a shift on a day; 409 where somebody wrote it meanwhile."""
    cell = Cell(day=body.day, post=PostCode(body.post), shift=ShiftCode(body.shift))
    return work.write(
        lambda store: writing.write_cell(
            store,
            site=work.site,
            cell=cell,
            people=[PersonCode(one) for one in body.people],
            before=[PersonCode(one) for one in body.before],
            by=work.by,
            now=work.now,
        ),
        show=lambda views, _duties: shown.days(views, body.day, body.day),
    )


@router.post(
    "/absences",
    summary="Enter an absence",
    operation_id="enter_absence",
    response_model=AbsenceOut,
    status_code=201,
    responses=WRITES,
)
def enter_absence(body: AbsenceIn, work: Writing) -> Response:
    """Note who is away and who answers for him; a ladder then calls in his deputy."""
    leave = Leave(
        person=PersonCode(body.person),
        begins_at=body.begins_at,
        ends_at=body.ends_at,
        deputy=PersonCode(body.deputy) if body.deputy is not None else None,
        reason=body.reason,
    )
    return work.write(
        lambda store: absences.enter_absence(
            store, site=work.site, leave=leave, by=work.by, now=work.now
        ),
        show=shown.absence_out,
        status=201,
    )


@router.post(
    "/absences/{number}/cancel",
    summary="Call an absence off",
    operation_id="cancel_absence",
    response_model=AbsenceOut,
    responses=WRITES,
)
def cancel_absence(number: Number, work: Writing) -> Response:
    """Let an absence hold no longer; that it was entered stays."""
    return work.write(
        lambda store: absences.cancel_absence(
            store, site=work.site, absence=number, by=work.by, now=work.now
        ),
        show=shown.absence_out,
    )


@router.post(
    "/stand-ins",
    summary="Note a stand-in",
    operation_id="enter_stand_in",
    response_model=StandInOut,
    status_code=201,
    responses=WRITES,
)
def enter_stand_in(body: StandInIn, work: Standing) -> Response:
    """Let somebody stand at another's post from now on; it ends by itself."""
    relief = Relief(
        post=PostCode(body.post),
        instead_of=PersonCode(body.instead_of),
        person=PersonCode(body.person),
        seconds=body.seconds,
        reason=body.reason,
    )
    return work.write(
        lambda store: absences.stand_in(
            store, site=work.site, relief=relief, by=work.by, now=work.now
        ),
        show=shown.stand_in_out,
        status=201,
    )


def _plus(first: date, days: int) -> date:
    try:
        return first + timedelta(days=days)
    except OverflowError:
        return date.max
