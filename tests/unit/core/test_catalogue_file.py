"""A wrong catalogue is refused with line, key and reason; the shipped one says what it must."""

import pytest

from core.catalogue.catalogue_file import default_catalogue, parse_catalogue
from core.errors import BadCatalogue
from core.facts.catalogue import CategoryCode
from core.facts.people import Role

HEAD = """\
[leak]
name = { zh = "漏水", en = "Leak" }
urgency = "urgent"
route = "engineering"
first_actions = { zh = "关阀", en = "Close the valve" }
"""


def step(code: str, more: str = "") -> str:
    return f'[[leak.steps]]\ncode = "{code}"\nwords = {{ zh = "做", en = "Do" }}\n{more}\n'


CHOICES = 'choices = [{{ code = "a", words = {{ zh = "甲", en = "A" }}, then = "{0}" }}, \
{{ code = "b", words = {{ zh = "乙", en = "B" }}, then = "{1}" }}]'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + 'colour = "red"\n', "c.toml:6: leak.colour: unknown key"),
        (HEAD.replace('"urgent"', '"soon"'), "c.toml:3: leak.urgency: Input should be"),
        (HEAD.replace('route = "engineering"\n', ""), "c.toml:1: leak.route: is missing"),
        (HEAD + 'alert = { roles = ["guard", "guard"], minutes = 3 }\n', "c.toml:6: leak.alert."),
        (HEAD + 'alert = { roles = ["guard"], minutes = 0 }\n', "c.toml:6: leak.alert.minutes: "),
        (HEAD + 'pictures = ["during"]\n', "c.toml:6: leak.pictures"),
        (HEAD + step("one") + step("one"), "c.toml:1: leak: a step stands in steps twice"),
        (HEAD + step("one", 'then = "two"'), "leads to 'two', which is not there"),
        (HEAD + step("one") + step("two", 'then = "one"'), "leads back to 'one'"),
        (HEAD + step("one", 'then = "end"') + step("two"), "no way leads to step 'two'"),
        (HEAD + step("end"), "no step may be called"),
        (
            HEAD + step("one", CHOICES.format("end", "end")) + step("two"),
            "no way leads to step 'two'",
        ),
        (
            HEAD + step("one") + '[[leak.steps]]\ncode = "two"\nwords = { zh = "做" }\n',
            "c.toml:12: leak.steps[2].words.en: is missing",
        ),
        (HEAD + 'events = ["fire.alarm"]\n' + HEAD.replace("leak", "flood")
         + 'events = ["fire.alarm"]\n', "c.toml:12: flood.events: fire.alarm is answered by leak"),
        ("[leak", "c.toml: not TOML"),
    ],
)  # fmt: skip
def test_each_mistake_is_told(text: str, said: str) -> None:
    with pytest.raises(BadCatalogue) as refused:
        parse_catalogue(text, where="c.toml")

    assert said in str(refused.value)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(BadCatalogue) as refused:
        parse_catalogue(HEAD.replace("urgent", "soon") + "colour = 1\n", where="c.toml")

    assert len(str(refused.value).splitlines()) == 2


def test_the_schemes_own_examples_come_first() -> None:
    assert [*default_catalogue()][:10] == [
        "litter",
        "loose_play_equipment",
        "notice",
        "lift_stopped",
        "lift_trapped",
        "wall_tile",
        "marble",
        "street_lamp",
        "pipe_leak",
        "dirt",
    ]
    assert default_catalogue()[CategoryCode("notice")].route == "general_group"


def test_a_role_may_have_first_actions_of_its_own() -> None:
    fire = default_catalogue()[CategoryCode("fire")]

    assert "119" in fire.first_actions_for(Role.OPERATOR).en
    assert fire.first_actions_for(Role.CLEANER) != fire.first_actions_for(Role.GUARD)
