"""What is the same again: pure, over random texts and days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber, Status, Urgency
from core.repeats import policy

CHINESE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x4E40), min_size=2, max_size=20
)
BASE = Issue(
    site=SiteCode("garden"),
    number=IssueNumber(9),
    status=Status.ACCEPTED,
    urgency=Urgency.URGENT,
    category=CategoryCode("street_lamp"),
    place=None,
    words="",
    reported_at=datetime(2026, 11, 20, tzinfo=UTC),
    reported_on=date(2026, 11, 20),
    owner=None,
    to_be_identified=False,
    caller=None,
    forwarded_at=None,
    accepted_at=None,
    assigned_to=None,
    promised_at=None,
    handled_at=None,
    handled_how=None,
    closed_at=None,
    outcome=None,
    reopened=0,
    next_due_at=None,
    version=0,
)


def told(number: int, words: str, category: str) -> Issue:
    return replace(BASE, number=IssueNumber(number), words=words, category=CategoryCode(category))


@settings(max_examples=2_000, deadline=None)
@given(
    CHINESE,
    st.lists(st.tuples(CHINESE, st.sampled_from(["street_lamp", "noise", "enquiry"])), max_size=8),
)
def test_the_last_of_the_same_category_or_the_same_words_is_repeated(
    words: str, before: list[tuple[str, str]]
) -> None:
    earlier = [told(number, said, category) for number, (said, category) in enumerate(before, 1)]
    issue = replace(BASE, words=words, reported_at=BASE.reported_at + timedelta(days=1))

    found = policy.repeat_of(issue, earlier, alike=60)

    same = [
        one.number
        for one in earlier
        if one.category == issue.category
        or policy.likeness(policy.plain(words), policy.plain(one.words)) >= 60
    ]
    assert (found.of.number if found else None) == (max(same) if same else None)


def test_a_catch_all_category_repeats_only_by_its_words() -> None:
    asked = replace(BASE, words="物业费怎么交", category=CategoryCode("enquiry"))

    assert policy.repeat_of(asked, [told(1, "停车证在哪里办", "enquiry")], alike=60) is None
    assert policy.repeat_of(asked, [told(1, "物业费怎么交呢", "enquiry")], alike=60) is not None


@settings(deadline=None)
@given(CHINESE)
def test_punctuation_and_width_say_nothing(words: str) -> None:
    spaced = "，".join(words) + "！ "

    assert policy.plain(spaced) == policy.plain(words)
    assert policy.bits(spaced) == policy.bits(words)
    assert policy.bits(words).bit_count() <= 2 * len(words) - 1


def test_a_sketch_tells_alike_from_other_and_a_long_story_does_not_fill_it() -> None:
    lamp, other = policy.bits("三栋门口的路灯一直不亮"), policy.bits("电梯口有积水请尽快处理")
    story = "".join(chr(0x4E00 + number) for number in range(700))

    assert (lamp & policy.bits("三栋门口路灯不亮")).bit_count() > 2 * (lamp & other).bit_count()
    assert policy.bits(story).bit_count() <= 64
    assert policy.bits(story + "又来") & policy.bits(story)
    assert policy.bits("！？ ，") == 0


def test_two_texts_share_a_pair_only_of_neighbours() -> None:
    assert policy.share_a_pair("路灯不亮", "门口路灯")
    assert not policy.share_a_pair("路灯", "灯路")
    assert not policy.share_a_pair("灯", "灯")
