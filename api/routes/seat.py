"""The watch over the seat: presence, what a console lacks, mute, and who is called (B10, B18)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.dependencies import Permitted
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.runtime import Work
from api.schemas.seat import AllSummonsOut, MuteIn, SeatIn, SeatOut, SummonsOut
from api.schemas.values import Number
from api.views.seat import my_summons, present_seat, seat_out, summons_out
from core.monitoring import presence

router = APIRouter(tags=["reports"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_QUEUE))]
Sitting = Annotated[Work, Depends(Permitted(Action.CLAIM))]
Called = Annotated[Work, Depends(Permitted(Action.SEE_NOTICES))]


@router.get(
    "/seat",
    summary="Whether anybody is at the centre",
    operation_id="read_seat",
    response_model=SeatOut,
    responses=READS,
)
def read_seat(work: Seeing) -> Response:
    """Return since when the consoles ask, and whether the captain was called."""
    return work.read(present_seat)


@router.post(
    "/seat",
    summary="Say that somebody is there, or what the console lacks",
    operation_id="tell_seat",
    response_model=SeatOut,
    responses=WRITES,
)
def tell_seat(body: SeatIn, work: Sitting) -> Response:
    """Note a sign of presence, and whether this console is mute or stale against its will."""
    return work.write(
        lambda store: presence.tell(
            store,
            site=work.site,
            by=work.by,
            workstation=work.session.seat,
            present=body.present,
            sound_blocked=body.sound_blocked,
            stream_stale=body.stream_stale,
            now=work.now,
        ),
        show=lambda _views, watch: seat_out(watch),
    )


@router.post(
    "/seat/mute",
    summary="Mute this console for a moment",
    operation_id="mute_seat",
    response_model=SeatOut,
    responses=WRITES,
)
def mute_seat(body: MuteIn, work: Sitting) -> Response:
    """Write down who muted his console; it lasts a minute at the most."""
    return work.write(
        lambda store: presence.mute(
            store,
            site=work.site,
            by=work.by,
            workstation=work.session.seat,
            seconds=body.seconds,
            now=work.now,
        ),
        show=lambda views, _none: present_seat(views),
    )


@router.get(
    "/summons",
    summary="My calls to the seat",
    operation_id="read_summons",
    response_model=AllSummonsOut,
    responses=READS,
)
def read_summons(work: Called) -> Response:
    """Return when I was called because the seat could not be trusted, the newest first."""
    return work.read(my_summons)


@router.post(
    "/summons/{number}/acknowledge",
    summary="I have read it and go",
    operation_id="acknowledge_summons",
    response_model=SummonsOut,
    responses=WRITES,
)
def acknowledge_summons(number: Number, work: Called) -> Response:
    """Note that I have read my own summons; the first time stays."""
    return work.write(
        lambda store: presence.acknowledge(
            store, site=work.site, number=number, by=work.by, now=work.now
        ),
        show=lambda _views, summons: summons_out(summons),
    )
