"""rules.toml: the shipped one covers every condition; mistakes are told with line and reason."""

import re

import pytest

from core.errors import BadMeritRules
from core.facts.merit import Deed, Subject
from core.scoring.rules_file import default_text, parse_rules


def test_the_shipped_rules_cover_each_condition_and_its_opposite_for_people_and_units() -> None:
    said = parse_rules(default_text(), where="rules.toml")
    assert {(one.deed, one.subject) for one in said.rules} == {
        (deed, subject) for deed in Deed if deed is not Deed.REFUSED for subject in Subject
    }
    good = {
        Deed.PRAISED,
        Deed.FOUND,
        Deed.GRIEVANCE_REMOVED,
        Deed.FOLLOWED_UP,
        Deed.IN_TIME,
        Deed.SAVED,
    }
    assert all((one.points > 0) == (one.deed in good) for one in said.rules)


RULE = """version = 1
objection_days = 7
[[rule]]
code = "a"
subject = "person"
deed = "praised"
every = "entry"
points = 1
consequence = "points"
zh = "好"
en = "good"
"""


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("points = 1\n", "points = 1\ncolour = 3\n"), 9, "colour: unknown key"),
        (("points = 1\n", ""), 3, "points: is missing"),
        (("points = 1\n", 'points = "many"\n'), 8, "points: Input should be"),
        (("praised", "sang"), 6, "deed: Input should be"),
        (('"points"\n', '"contract_end"\n'), 3, "contract_end cannot come upon a person"),
        (("points = 1\n", "points = 1\nleast = 3\n"), 3, "belong to rules of the month"),
        (("praised", "found"), 3, "never one by one"),
        (('code = "a"', 'code = "by_hand"'), 3, "no rule made"),
        (("objection_days = 7", "objection_days = 0"), 2, "objection_days: Input should be"),
        (("version = 1\n", "version = 1\ntypo = 1\n"), 2, "typo: unknown key"),
    ],
)
def test_a_mistake_is_told_with_its_line(change: tuple[str, str], line: int, reason: str) -> None:
    text = RULE.replace(*change)
    with pytest.raises(BadMeritRules, match=rf"(?m)^rules.toml:{line}: .*{re.escape(reason)}"):
        parse_rules(text, where="rules.toml")


def test_a_rule_stands_once_and_toml_is_toml() -> None:
    with pytest.raises(BadMeritRules, match="stands here twice: a"):
        parse_rules(RULE + RULE[RULE.index("[[") :], where="rules.toml")
    with pytest.raises(BadMeritRules, match=r"not TOML: .*line 1"):
        parse_rules("version = = 1", where="rules.toml")
