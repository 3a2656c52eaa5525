"""What goes to telephones: what waits, what failed and for whom; and whose browser is called."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api import sender
from api.dependencies import Permitted
from api.errors import Refused
from api.messengers.push import known
from api.permissions import Action
from api.routes.answers import READS, WRITES
from api.routes.paging import Cursor, Limit, next_cursor
from api.runtime import Work
from api.schemas.message import (
    MessageOut,
    MessagesOut,
    MessengerOut,
    MessengersOut,
    PushKeyOut,
    SubscriptionIn,
)
from api.schemas.values import Number, Sentence
from api.views.views import Views
from core.facts.message import Message, MessageState
from core.outbox import sending
from core.store.store import Store

router = APIRouter(tags=["messages"])

Seeing = Annotated[Work, Depends(Permitted(Action.SEE_MESSAGES))]
Mine = Annotated[Work, Depends(Permitted(Action.SEE_NOTICES))]


@router.get(
    "/messages",
    summary="Messages to telephones",
    operation_id="read_messages",
    response_model=MessagesOut,
    responses=READS,
)
def read_messages(
    work: Seeing,
    limit: Limit = 50,
    cursor: Cursor = None,
    state: Annotated[
        list[MessageState] | None, Query(description="Only in these states; none: all.")
    ] = None,
) -> Response:
    """Return what was sent or is to be sent to whom, the last first."""

    def page(views: Views) -> MessagesOut:
        found = views.store.messages.latest(
            views.site, states=state or tuple(MessageState), limit=limit + 1, before=cursor
        )
        return MessagesOut(
            items=[_out(views, one) for one in found[:limit]],
            next_cursor=next_cursor([one.id for one in found], limit),
            failed=views.store.messages.failed(views.site),
        )

    return work.read(page)


@router.post(
    "/messages/{number}/retry",
    summary="Send a failed message again",
    operation_id="retry_message",
    response_model=MessageOut,
    responses=WRITES,
)
def retry_message(number: Number, work: Seeing) -> Response:
    """Let a message that reached nobody begin anew."""

    def again(store: Store) -> Message:
        message = store.messages.find(work.site, number)
        return sending.retry(store, message, by=work.by, now=work.now)

    return work.write(again, show=_out)


@router.get(
    "/messengers",
    summary="The site's messengers",
    operation_id="read_messengers",
    response_model=MessengersOut,
    responses=READS,
)
def read_messengers(work: Seeing) -> Response:
    """Return by whom messages go; addresses and secrets stay in the site file."""
    settings = work.runtime.settings

    def page(views: Views) -> MessengersOut:
        return MessengersOut(
            items=[
                MessengerOut(
                    code=one.code,
                    kind=one.kind,
                    roles=sorted(one.roles),
                    per_minute=one.per_minute,
                )
                for one in views.store.messengers.all(views.site)
            ],
            links=settings.public_url is not None,
            push=settings.push_key is not None,
        )

    return work.read(page)


@router.get(
    "/push",
    summary="How my browser can be called",
    operation_id="read_push",
    response_model=PushKeyOut,
    responses=READS,
)
def read_push(work: Mine) -> Response:
    """Return the key a browser subscribes with, and how many browsers of mine are called."""
    push = sender.pusher(work.runtime)

    def page(views: Views) -> PushKeyOut:
        mine = views.store.messengers.of_person(views.site, views.me)
        return PushKeyOut(key=push.public_key if push else None, mine=len(mine))

    return work.read(page)


@router.post(
    "/push/subscriptions",
    summary="Call this browser",
    operation_id="subscribe_push",
    response_model=PushKeyOut,
    status_code=HTTPStatus.OK,
    responses=WRITES,
)
def subscribe_push(body: SubscriptionIn, work: Mine) -> Response:
    """Let this browser be called when I am; only push services of browsers are taken."""
    if not known(body.endpoint, work.runtime.settings.push_services):
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "no_push_service",
            "body.endpoint: not the address of a browser's push service",
        )
    push = sender.pusher(work.runtime)

    def subscribe(store: Store) -> int:
        store.messengers.subscribe(
            work.site,
            work.by,
            endpoint=body.endpoint,
            p256dh=body.keys.p256dh,
            auth=body.keys.auth,
            now=work.now,
        )
        return len(store.messengers.of_person(work.site, work.by))

    return work.write(
        subscribe,
        show=lambda _, mine: PushKeyOut(key=push.public_key if push else None, mine=mine),
    )


@router.delete(
    "/push/subscriptions",
    summary="Call none of my browsers",
    operation_id="unsubscribe_push",
    response_model=PushKeyOut,
    responses=WRITES,
)
def unsubscribe_push(work: Mine) -> Response:
    """Call none of my browsers any more."""
    push = sender.pusher(work.runtime)

    def leave(store: Store) -> int:
        mine = store.messengers.of_person(work.site, work.by)
        store.messengers.unsubscribe(work.site, [one.id for one in mine])
        return 0

    return work.write(
        leave, show=lambda _, mine: PushKeyOut(key=push.public_key if push else None, mine=mine)
    )


def _out(views: Views, message: Message) -> MessageOut:
    return MessageOut(
        id=message.id,
        to=views.names.person(message.person),
        kind=message.kind,
        issue=message.issue,
        summons=message.summons,
        urgency=message.urgency,
        way=message.way,
        words=Sentence(zh=message.words.zh, en=message.words.en),
        created_at=message.created_at,
        due_at=message.due_at,
        state=message.state,
        tries=message.tries,
        sent_at=message.sent_at,
        said=message.said,
        answered_at=message.answered_at,
    )
