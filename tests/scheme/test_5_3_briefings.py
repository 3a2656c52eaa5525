"""五.3: what people are to know, who has not said so, and what asks again."""

from typing import Any

import pytest

from core.errors import Incomplete, NotAllowedNow, NotFound, NotPermitted
from core.facts.briefing import Audience, Briefing, BriefingNumber, BriefingSort, Draft
from core.facts.catalogue import CategoryCode
from core.facts.people import PersonCode, Role, UnitCode
from core.facts.rules import RuleKind
from core.store.journal import THE_SITE
from core.training import service as training
from tests.office import AGENT, CLEANER, DIRECTOR, GUARD, SUPERVISOR, Office

CATALOGUE = """
[{code}]
name = {{ zh = "漏水", en = "Leak" }}
urgency = "urgent"
route = "engineering"
first_actions = {{ zh = "{first}", en = "{first}" }}
"""


def draft(**more: Any) -> Draft:
    said: dict[str, Any] = {
        "sort": BriefingSort.TRAINING,
        "title": "漏水怎么处置",
        "words": "先关阀",
        "audience": Audience(roles=frozenset({Role.GUARD, Role.CLEANER})),
    }
    return Draft(**(said | more))


def published(office: Office, **more: Any) -> Briefing:
    return office.does(training.publish, draft=draft(**more), by=SUPERVISOR)


def acknowledges(office: Office, briefing: Briefing, person: PersonCode) -> Briefing:
    return office.does(
        training.acknowledge, briefing=briefing.number, version=briefing.version, by=person
    )


def missing(office: Office, number: BriefingNumber) -> list[PersonCode]:
    with office.database.read() as store:
        newest = store.briefings.newest(office.site, number)
        return [person.code for person in training.who_has_not(store, newest)]


def newest(office: Office) -> list[Briefing]:
    with office.database.read() as store:
        return store.briefings.all_newest(office.site)


def has_catalogue(office: Office, version: int, **categories: str) -> None:
    text = "".join(CATALOGUE.format(code=code, first=said) for code, said in categories.items())
    with office.database.begin() as store:
        store.put_in_force(
            office.site,
            kind=RuleKind.CATALOGUE,
            version=version,
            text=text,
            by=DIRECTOR,
            reason="修订",
            now=office.now,
        )
    office.press(call=f"call-{version}")
    office.tick()


def test_a_briefing_lists_who_has_not_acknowledged(office: Office) -> None:
    briefing = published(office)
    assert missing(office, briefing.number) == [CLEANER, GUARD]

    acknowledges(office, briefing, GUARD)
    acknowledges(office, briefing, GUARD)

    assert missing(office, briefing.number) == [CLEANER]
    kinds = [entry.kind for entry in office.journal(THE_SITE)]
    assert kinds == ["briefing_published", "briefing_acknowledged"]


def test_a_new_version_asks_again(office: Office) -> None:
    first = published(office)
    acknowledges(office, first, GUARD)
    second = office.does(
        training.revise, briefing=first.number, draft=draft(words="先断电"), by=SUPERVISOR
    )

    assert second.version == 2
    assert missing(office, first.number) == [CLEANER, GUARD]
    with pytest.raises(NotAllowedNow, match="version 2"):
        acknowledges(office, first, GUARD)


def test_the_audience_is_by_roles_and_units_and_by_who_works_here_now(office: Office) -> None:
    briefing = published(office, audience=Audience(units=frozenset({UnitCode("clean")})))
    assert missing(office, briefing.number) == [CLEANER]
    office.hires("cleaner-4", Role.CLEANER, unit="clean")
    office.hires(CLEANER, Role.CLEANER, unit="clean", active=False)

    assert missing(office, briefing.number) == ["cleaner-4"]
    with pytest.raises(NotAllowedNow, match="not for you"):
        acknowledges(office, briefing, GUARD)


def test_what_nobody_could_acknowledge_is_refused(office: Office) -> None:
    with pytest.raises(Incomplete):
        published(office, title=" ")
    with pytest.raises(Incomplete, match="audience"):
        published(office, audience=Audience(roles=frozenset({Role.ADMINISTRATOR})))
    with pytest.raises(NotFound, match="unit"):
        published(
            office,
            audience=Audience(units=frozenset({UnitCode("clean"), UnitCode("nobody")})),
        )
    with pytest.raises(NotFound, match="category"):
        published(office, categories=(CategoryCode("dragons"),))
    with pytest.raises(NotPermitted):
        published(office, sort=BriefingSort.PLAYBOOK)
    with pytest.raises(NotFound):
        office.does(training.acknowledge, briefing=99, version=1, by=AGENT)


def test_a_changed_playbook_asks_again(office: Office) -> None:
    has_catalogue(office, 2, leak="关阀", noise="劝阻")
    assert newest(office) == []
    explaining = published(office, categories=(CategoryCode("leak"),))
    acknowledges(office, explaining, GUARD)

    has_catalogue(office, 3, leak="断电再关阀", noise="劝阻")

    assert [(one.number, one.version) for one in newest(office)] == [(explaining.number, 2)]
    assert missing(office, explaining.number) == [CLEANER, GUARD]
    assert newest(office)[0].by is None


def test_a_changed_playbook_that_nobody_explains_is_told_to_everybody(office: Office) -> None:
    has_catalogue(office, 2, leak="关阀", noise="劝阻")
    has_catalogue(office, 3, leak="关阀", noise="记录时间")
    told = newest(office)[0]
    assert (told.draft.sort, told.draft.categories) == (BriefingSort.PLAYBOOK, ("noise",))
    acknowledges(office, told, GUARD)

    has_catalogue(office, 4, leak="关阀", noise="记录时间", flood="撤离")

    again = newest(office)[0]
    assert (again.number, again.version) == (told.number, 2)
    assert again.draft.categories == ("flood",)
    assert GUARD in missing(office, again.number)
    with pytest.raises(NotPermitted):
        office.does(training.revise, briefing=again.number, draft=draft(), by=SUPERVISOR)


def test_a_catalogue_that_says_the_same_asks_nobody(office: Office) -> None:
    has_catalogue(office, 2, leak="关阀")
    has_catalogue(office, 3, leak="关阀")

    assert newest(office) == []
