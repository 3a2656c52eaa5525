"""Playbooks as the API answers them."""

from api.schemas.playbook import (
    AlertPlanOut,
    ChoiceOut,
    DidOut,
    FirstActionsOf,
    IssuePlaybookOut,
    PlaybookOut,
    PlaybookStepOut,
    WayStepOut,
)
from api.schemas.values import Sentence
from api.views.directory import category_out
from api.views.views import Views
from core.facts.catalogue import Words
from core.facts.category import Category
from core.facts.issue import Issue
from core.facts.playbook import Needed, PlaybookStep
from core.register import playbook
from core.register.playbook import Standing


def playbook_out(category: Category) -> PlaybookOut:
    """Return all that is to be known about a kind of problem."""
    return PlaybookOut(
        category=category_out(category),
        route=category.route,
        first_actions=_sentence(category.first_actions),
        first_actions_of=[
            FirstActionsOf(role=role, words=_sentence(words))
            for role, words in category.first_actions_of
        ],
        steps=[_step(step) for step in category.steps],
        alert=AlertPlanOut(roles=list(category.alert.roles), minutes=category.alert.minutes)
        if category.alert is not None
        else None,
        pictures=[one for one in Needed if one in category.pictures],
        tell_customers=_sentence(category.tell_customers) if category.tell_customers else None,
    )


def issue_playbook(views: Views, issue: Issue) -> IssuePlaybookOut:
    """Return how far an issue has come, as its journal replays it."""
    stands = playbook.standing(views.store, issue)
    place = views.names.place(issue.place)
    where = " ".join(place.path[-2:]) if place is not None else ""
    return IssuePlaybookOut(
        issue=issue.number,
        category=category_out(stands.category) if stands.category is not None else None,
        first_actions=_sentence(stands.category.first_actions) if stands.category else None,
        way=[_way_step(step, stands, views, where) for step in stands.way],
        steps_waived=stands.steps_waived,
        pictures_lacking=list(stands.pictures_lacking),
        pictures_waived=stands.pictures_waived,
    )


def _way_step(step: PlaybookStep, stands: Standing, views: Views, where: str) -> WayStepOut:
    did = stands.did.get(step.code)
    return WayStepOut(
        **_step(step, where=where).model_dump(),
        did=DidOut(
            by=views.names.some_person(did.by), at=did.at, answer=did.answer, words=did.words
        )
        if did is not None
        else None,
        lacking=step in stands.lacking,
    )


def _step(step: PlaybookStep, *, where: str = "…") -> PlaybookStepOut:
    return PlaybookStepOut(
        code=step.code,
        words=_sentence(step.words, where=where),
        required=step.required,
        room=step.room,
        choices=[
            ChoiceOut(code=choice.code, words=_sentence(choice.words), then=choice.then)
            for choice in step.choices
        ],
        then=step.then,
        asks=_sentence(step.asks) if step.asks is not None else None,
    )


def _sentence(words: Words, *, where: str = "…") -> Sentence:
    """Return the words; ``{place}`` in what customers are told becomes the place."""
    return Sentence(zh=words.zh.replace("{place}", where), en=words.en.replace("{place}", where))
