"""The customer's page says the same in both languages (K7)."""

from api.verdict_words import WORDS, form, page


def test_both_languages_have_the_same_words_and_none_is_empty() -> None:
    assert list(WORDS["zh"]) == list(WORDS["en"])
    assert all(text for words in WORDS.values() for text in words.values())


def test_what_people_said_cannot_become_markup() -> None:
    for words in WORDS.values():
        shown = page(form(words, "<b>x", [("promised", "<i>")]), words, site="<u>", switch=True)
        assert [tag for tag in ("<b>", "<i>", "<u>", "<script") if tag in shown] == []
        assert "&lt;b&gt;x" in shown
