"""The page behind a message's link: no log-in, no script; it answers one message, once (J5).

Looking changes nothing, for messengers look at links before people do: only the button answers.
"""

import html
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus

from fastapi import FastAPI
from starlette.responses import Response

from api import link_page, verdict_words
from api.message_words import ANSWERS, WORDS
from api.runtime import Runtime
from api.verdict_words import Language
from core.alerting import copies
from core.alerting import service as alerting
from core.errors import NotFound
from core.escalation import by_hand
from core.facts.followup import FollowUpWord
from core.facts.issue import IssueNumber
from core.facts.message import Message, MessageKind
from core.followup import service as followup
from core.monitoring import presence
from core.outbox import links
from core.store.store import Store

#: More notices of one issue than any ladder has steps.
_NOTICES = 200


def install(app: FastAPI) -> None:
    """Serve ``/a/{token}``."""
    link_page.serve(app, "/a/{token}", _answer, said=_said, refused=(HTTPStatus.CONFLICT, "over"))


def _answer(runtime: Runtime, token: str, form: link_page.Form, language: Language) -> Response:
    now = runtime.clock.now()
    if form is None:
        with runtime.database.read() as store:
            message = links.look(store, token, now=now)
            site = store.sites.find(message.site).name
        body = _asked(message, language)
        page = verdict_words.page(body, WORDS[language], site=site, switch=True)
        return link_page.answer(HTTPStatus.OK, page)
    said = form.get("answer", "")
    with runtime.database.begin() as store:
        message = links.use(store, token, now=now)
        if said not in ANSWERS[message.kind]:
            raise NotFound("no such answer")
        _ACTS[message.kind](store, message, said, now)
    runtime.committed()
    return _said(HTTPStatus.OK, language, "thanks")


def _know_notice(store: Store, message: Message, _said: str, now: datetime) -> None:
    mine = store.notices.of_person(message.site, message.person, limit=_NOTICES)
    for one in mine:
        if one.issue == message.issue and one.acknowledged_at is None:
            by_hand.acknowledge(
                store, site=message.site, notice=one.id, person=message.person, now=now
            )


def _come(store: Store, message: Message, said: str, now: datetime) -> None:
    asked = store.alerts.of_issue(message.site, _issue(message))
    mine = [one for one in asked if one.person == message.person]
    if not mine:
        raise NotFound("no such alert")
    alerting.answer(
        store,
        site=message.site,
        alert=mine[-1].id,
        by=message.person,
        coming=said == "coming",
        now=now,
    )


def _know_copy(store: Store, message: Message, _said: str, now: datetime) -> None:
    site, issue, by = message.site, _issue(message), message.person
    copies.read(store, site=site, issues=[issue], by=by, now=now)
    copies.acknowledge(store, site=site, issue=issue, by=by, now=now)


def _follow_up(store: Store, message: Message, said: str, now: datetime) -> None:
    followup.answer(
        store,
        site=message.site,
        issue=_issue(message),
        by=message.person,
        word=FollowUpWord(said),
        words="",
        now=now,
    )


def _know_summons(store: Store, message: Message, _said: str, now: datetime) -> None:
    if message.summons is None:
        raise NotFound("no such summons")
    number, by = message.summons, message.person
    presence.acknowledge(store, site=message.site, number=number, by=by, now=now)


def _issue(message: Message) -> IssueNumber:
    if message.issue is None:
        raise NotFound("no such issue")
    return message.issue


_ACTS: Mapping[MessageKind, Callable[[Store, Message, str, datetime], None]] = {
    MessageKind.NOTICE: _know_notice,
    MessageKind.ALERT: _come,
    MessageKind.COPY: _know_copy,
    MessageKind.CARD: _follow_up,
    MessageKind.SUMMONS: _know_summons,
}


def _asked(message: Message, language: Language) -> str:
    words = WORDS[language]
    told = message.words.zh if language == "zh" else message.words.en
    buttons = "".join(
        f'<button name="answer" value="{one}">{words[f"{message.kind}.{one}"]}</button>'
        for one in ANSWERS[message.kind]
    )
    return (
        f"<h1>{words['title']}</h1>"
        f'<section class="card"><p>{html.escape(told)}</p></section>'
        f'<form method="post" action="?language={language}">{buttons}'
        f"<small>{words['once']}</small></form>"
    )


def _said(status: HTTPStatus, language: Language, key: str) -> Response:
    words = WORDS[language]
    page = verdict_words.page(verdict_words.said(words, key, f"{key}_more"), words)
    return link_page.answer(status, page)
