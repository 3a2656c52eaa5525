"""The playbook of an issue: what was done, what is lacking, and what locks its end (五.1(2))."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import Incomplete, NotAllowedNow, PicturesLacking, StepsOpen
from core.facts.category import Category
from core.facts.device import SiteCode
from core.facts.evidence import Label, PictureState
from core.facts.issue import Issue, IssueNumber, Status
from core.facts.journal import PicturesWaived, StepDone, StepsWaived
from core.facts.people import PersonCode
from core.facts.playbook import Answered, Needed, PlaybookStep, Room, check_doing, lacking, way
from core.store.journal import Written
from core.store.store import Store

_READ = frozenset({"step_done", "steps_waived", "pictures_waived", "reopened"})
_ENDED = frozenset({Status.CLOSED, Status.DISMISSED, Status.MERGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """A step that somebody did."""

    by: PersonCode | None
    at: datetime
    answer: str | None
    words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far an issue has come on the way of its category's playbook."""

    category: Category | None
    #: The steps to be gone, as far as the answers decide.
    way: tuple[PlaybookStep, ...] = ()
    did: Mapping[str, Did]
    #: Required and not done, whether waived or not.
    lacking: tuple[PlaybookStep, ...] = ()
    steps_waived: str | None = None
    pictures_lacking: tuple[Needed, ...] = ()
    pictures_waived: str | None = None


def standing(store: Store, issue: Issue) -> Standing:
    """Replay an issue's playbook from its journal."""
    category = _category(store, issue)
    did: dict[str, Did] = {}
    waived: dict[str, str | None] = {}
    since: datetime | None = None
    for entry in store.journal.of_issue(issue.site, issue.number, kinds=_READ):
        _read(entry, category, did, waived)
        since = entry.at if entry.kind == "reopened" else since
    if category is None:
        return Standing(category=None, did={})
    done = {code: Answered(answer=one.answer) for code, one in did.items()}
    return Standing(
        category=category,
        way=way(category.steps, done),
        did=did,
        lacking=lacking(category.steps, done),
        steps_waived=waived.get("steps_waived"),
        pictures_lacking=_pictures_lacking(store, issue, category, since=since),
        pictures_waived=waived.get("pictures_waived"),
    )


def do_step(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    step: str,
    by: PersonCode,
    answer: str | None,
    words: str,
    now: datetime,
) -> Issue:
    """Write down that a step was done; the last answer counts.

    :raises Incomplete: nobody has said yet what kind of problem it is, or the answer is missing.
    :raises NotFound: no such step or answer. :raises NotAllowedNow: the issue has ended, or another
        step comes first.
    """
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    if found.status in _ENDED:
        raise NotAllowedNow(f"issue {issue} is {found.status}")
    stands = standing(store, found)
    if stands.category is None:
        raise Incomplete("the category comes first: it has the steps")
    done = {code: Answered(answer=one.answer) for code, one in stands.did.items()}
    check_doing(stands.category.steps, done, code=step, answer=answer, words=words)
    entry = StepDone(
        step=step,
        category=stands.category.code,
        answer=answer,
        words=words.strip() or None,
    )
    store.journal.append(site, issue, entry, at=now, by=by)
    return store.issues.change(found)


def waive_steps(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, reason: str, now: datetime
) -> Issue:
    """Let an issue end without its required steps; taken up again, it needs them again.

    :raises Incomplete: no reason. :raises NotAllowedNow: no required step is open.
    """
    found, stands = _waiving(store, site, issue, reason)
    if not stands.lacking:
        raise NotAllowedNow("no required step is open")
    steps = tuple(step.code for step in stands.lacking)
    entry = StepsWaived(reason=reason.strip(), steps=steps)
    store.journal.append(site, issue, entry, at=now, by=by)
    return store.issues.change(found)


def waive_pictures(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, reason: str, now: datetime
) -> Issue:
    """Let an issue be closed without its required pictures; taken up again, it needs them again.

    :raises Incomplete: no reason. :raises NotAllowedNow: no required picture is missing.
    """
    found, stands = _waiving(store, site, issue, reason)
    if not stands.pictures_lacking:
        raise NotAllowedNow("no required picture is missing")
    labels = tuple(one.value for one in stands.pictures_lacking)
    entry = PicturesWaived(reason=reason.strip(), labels=labels)
    store.journal.append(site, issue, entry, at=now, by=by)
    return store.issues.change(found)


def check_steps(store: Store, issue: Issue, *, rooms: Collection[Room]) -> None:
    """Refuse the end of an issue while required steps of these rooms are open.

    :raises StepsOpen: names the first of them.
    """
    stands = standing(store, issue)
    waiting = [step for step in stands.lacking if step.room in rooms]
    if waiting and stands.steps_waived is None:
        raise StepsOpen(f"step {waiting[0].code!r} is not done: {waiting[0].words.en}")


def check_pictures(store: Store, issue: Issue) -> None:
    """Refuse to call an issue solved while pictures that its category asks for are missing.

    :raises PicturesLacking: names them.
    """
    stands = standing(store, issue)
    if stands.pictures_lacking and stands.pictures_waived is None:
        missing = ", ".join(stands.pictures_lacking)
        raise PicturesLacking(f"there is no picture from {missing} the handling")


def _waiving(
    store: Store, site: SiteCode, issue: IssueNumber, reason: str
) -> tuple[Issue, Standing]:
    if not reason.strip():
        raise Incomplete("a waiver has a reason")
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    if found.status in _ENDED:
        raise NotAllowedNow(f"issue {issue} is {found.status}")
    return found, standing(store, found)


def _category(store: Store, issue: Issue) -> Category | None:
    if issue.category is None:
        return None
    return store.rules_of(issue.site).catalogue.get(issue.category)


def _read(
    entry: Written,
    category: Category | None,
    did: dict[str, Did],
    waived: dict[str, str | None],
) -> None:
    said = json.loads(entry.body)
    if entry.kind == "reopened":
        waived.clear()
    elif entry.kind != "step_done":
        waived[entry.kind] = said["reason"]
    elif category is not None and said["category"] == category.code:
        did[said["step"]] = Did(
            by=entry.by, at=entry.at, answer=said.get("answer"), words=said.get("words")
        )


def _pictures_lacking(
    store: Store, issue: Issue, category: Category, *, since: datetime | None
) -> tuple[Needed, ...]:
    """Return what is missing; a picture from before a re-opening shows nothing of after it."""
    if not category.pictures:
        return ()
    pictures = store.pictures.of_issues(issue.site, [issue.number]).get(issue.number, [])
    here = [one for one in pictures if one.state is PictureState.HERE]
    shown = {
        Needed.BEFORE: any(one.label in _BEFORE for one in here),
        Needed.AFTER: any(
            one.label is Label.NOW and (since is None or one.moment > since) for one in here
        ),
    }
    return tuple(need for need in Needed if need in category.pictures and not shown[need])


#: Cameras label by the report; all of these show the place before anybody dealt with it.
_BEFORE: Sequence[Label] = (Label.BEFORE, Label.AT, Label.AFTER)
