"""The way through a playbook: it only goes on, and whoever does what is lacking reaches its end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import CoreError, NotAllowedNow
from core.facts.catalogue import Words
from core.facts.playbook import (
    END,
    Answered,
    Choice,
    PlaybookStep,
    Room,
    check_doing,
    lacking,
    way,
)

_WORDS = Words(zh="做", en="do")


@st.composite
def playbooks(draw: st.DrawFn) -> tuple[PlaybookStep, ...]:
    """Steps that lead on by chance, as the check of the catalogue would let them pass."""
    count = draw(st.integers(1, 8))
    return tuple(draw(_step(place, count)) for place in range(count))


@st.composite
def _step(draw: st.DrawFn, place: int, count: int) -> PlaybookStep:
    on = st.sampled_from([None, END, *(f"s{n}" for n in range(place + 1, count))])
    branches = draw(st.integers(0, 3))
    return PlaybookStep(
        code=f"s{place}",
        words=_WORDS,
        required=draw(st.booleans()),
        choices=tuple(
            Choice(code=f"c{n}", words=_WORDS, then=draw(on))
            for n in range(branches if branches > 1 else 0)
        ),
        then=draw(on),
    )


@settings(max_examples=2_000)
@given(steps=playbooks(), data=st.data())
def test_doing_what_is_lacking_ends(steps: tuple[PlaybookStep, ...], data: st.DataObject) -> None:
    done: dict[str, Answered] = {}
    for _ in range(len(steps) + 1):
        wanting = lacking(steps, done)
        assert set(wanting) <= set(way(steps, done))
        if not wanting:
            return
        step = wanting[0]
        answer = None
        if step.choices:
            answer = data.draw(st.sampled_from([one.code for one in step.choices]))
        check_doing(steps, done, code=step.code, answer=answer, words="")
        done[step.code] = Answered(answer=answer)
    raise AssertionError("something is lacking for ever")


@settings(max_examples=2_000)
@given(steps=playbooks(), data=st.data())
def test_no_step_is_done_before_what_it_waits_for(
    steps: tuple[PlaybookStep, ...], data: st.DataObject
) -> None:
    done: dict[str, Answered] = {}
    for code in data.draw(st.permutations([step.code for step in steps])):
        step = next(one for one in steps if one.code == code)
        answer = step.choices[0].code if step.choices else None
        path = way(steps, done)
        try:
            check_doing(steps, done, code=code, answer=answer, words="")
        except CoreError:
            continue
        before = path[: path.index(step)]
        assert all(one.code in done for one in before if one.required)
        done[code] = Answered(answer=answer)


def test_the_desks_steps_wait_for_no_answer_at_the_centre() -> None:
    steps = (
        PlaybookStep(code="ask", words=_WORDS, choices=(_choice("y", END), _choice("n", END))),
        PlaybookStep(code="tell", words=_WORDS, room=Room.DESK),
    )
    assert [step.code for step in way(steps, {})] == ["ask", "tell"]
    check_doing(steps, {}, code="tell", answer=None, words="")
    assert [one.code for one in lacking(steps, {}, rooms={Room.DESK})] == ["tell"]


def test_another_answer_leads_another_way() -> None:
    steps = (
        PlaybookStep(code="smoke", words=_WORDS, choices=(_choice("y"), _choice("n", "reset"))),
        PlaybookStep(code="call", words=_WORDS),
        PlaybookStep(code="reset", words=_WORDS),
    )
    no, yes = {"smoke": Answered(answer="n")}, {"smoke": Answered(answer="y")}
    assert [one.code for one in way(steps, no)] == ["smoke", "reset"]
    assert [one.code for one in way(steps, yes)] == ["smoke", "call", "reset"]
    with pytest.raises(NotAllowedNow, match="not on the way"):
        check_doing(steps, no, code="call", answer=None, words="")


def _choice(code: str, then: str | None = None) -> Choice:
    return Choice(code=code, words=_WORDS, then=then)
