"""The page behind a customer's one-time link: no log-in, no script, nothing else reachable."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from http import HTTPStatus

from fastapi import FastAPI
from starlette.responses import Response

from api import link_page, verdict_words
from api.runtime import Runtime
from api.verdict_words import WORDS, Language
from core.errors import NotReadable
from core.facts.feedback import FeedbackKind, Told
from core.facts.issue import Issue
from core.facts.promise import PromiseChange
from core.feedback import links
from core.store.store import Store


def install(app: FastAPI) -> None:
    """Serve ``/c/{token}``."""
    refused = (HTTPStatus.BAD_REQUEST, "unreadable")
    link_page.serve(app, "/c/{token}", _answer, said=_said, refused=refused)


def _answer(runtime: Runtime, token: str, form: link_page.Form, language: Language) -> Response:
    if form is None:
        return _asked(runtime, token, language)
    if form.get("solved") not in {"yes", "no"}:
        raise NotReadable("solved or not solved")
    solved = form["solved"] == "yes"
    with runtime.database.begin() as store:
        links.judge(
            store,
            token,
            solved=solved,
            rating=int(form["rating"]) if form.get("rating") else None,
            words=form.get("words", "").replace("\x00", "")[:2_000],
            feedback=FeedbackKind(form["feedback"]) if form.get("feedback") else None,
            now=runtime.clock.now(),
        )
    runtime.committed()
    words = WORDS[language]
    body = verdict_words.said(words, "thanks", "done" if solved else "again")
    return link_page.answer(HTTPStatus.OK, verdict_words.page(body, words))


def _asked(runtime: Runtime, token: str, language: Language) -> Response:
    words = WORDS[language]
    with runtime.database.read() as store:
        _, issue = links.look(store, token, now=runtime.clock.now())
        site = store.sites.find(issue.site)
        facts = _facts(store, issue, language)
    body = verdict_words.form(words, issue.words or "—", facts)
    return link_page.answer(
        HTTPStatus.OK, verdict_words.page(body, words, site=site.name, switch=True)
    )


def _facts(store: Store, issue: Issue, language: Language) -> list[tuple[str, str]]:
    """Return what the customer was promised and told, and when; of others nothing."""
    zone = store.sites.zone(issue.site)
    facts = [("reported", _moment(issue.reported_at, zone))]
    facts += _promises(store, issue, language)
    if issue.handled_at is not None:
        facts.append(("handled", _moment(issue.handled_at, zone)))
    visits = store.visits.of_issue(issue.site, issue.number)
    told = next((one for one in reversed(visits) if one.how is not Told.NOT_REACHED), None)
    if told is not None:
        how = WORDS[language][told.how.value]
        facts.append(("visited", f"{_moment(told.told_at, zone)} · {how}"))
    return facts


def _promises(store: Store, issue: Issue, language: Language) -> list[tuple[str, str]]:
    """Return what was promised and what became of it; else the time that was named."""
    zone = store.sites.zone(issue.site)
    made = store.promises.of_issues(issue.site, [issue.number])
    if not made:
        at = issue.promised_at
        return [("promised", _moment(at, zone))] if at is not None else []
    words = WORDS[language]
    changes = store.promises.changes(issue.site, {one.id for one in made})
    return [
        (
            "promised",
            " · ".join(
                (
                    _moment(one.due_at, zone),
                    *_moved(changes.get(one.id, ()), words["promise_before"], zone),
                    one.words or words["comes"],
                    words[f"promise_{one.state}"],
                )
            ),
        )
        for one in made
    ]


def _moved(changes: Sequence[PromiseChange], before: str, zone: tzinfo) -> list[str]:
    """Return the times he was told before; of what he was not told he learns nothing."""
    return [
        f"{before} {_moment(one.due_before, zone)}"
        for one in changes
        if one.customer_told and one.due_at
    ]


def _moment(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _said(status: HTTPStatus, language: Language, key: str) -> Response:
    words = WORDS[language]
    body = verdict_words.said(words, key, f"{key}_more")
    return link_page.answer(status, verdict_words.page(body, words))
