"""The line of every key, in every way TOML can write it."""

import tomllib
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.toml_lines import Path, lines


def test_tables_arrays_of_tables_and_keys_of_every_form() -> None:
    text = dedent(
        """\
        # a comment with [brackets] and "quotes"
        top = 1
        [a]
        bare-key = "x" # = [[not.a.table]]
        "quoted . key" = 'literal # not a comment'
        dotted.'inner'.leaf = 2
        many = '''
        [[device]]
        code = "not a key"
        '''
        after = 1
        [[device]]
        code = "one"
          [device.inner]
          deep = true
        [[device]]
        code = \"\"\"two "" \\\"\"\"
        lines\"\"\"
        roles = [
          "a", # first
          { x = 1, y = [ {z = 2} ] },
        ]
        [[device.part]]
        name = 1979-05-27T07:32:00Z
        [[device.part]]
        name = "second"
        [ spaced . "out" ]
        k = 0
        """
    )
    tomllib.loads(text)

    found = lines(text)

    assert found["top",] == 2
    assert found["a", "bare-key"] == 4
    assert found["a", "quoted . key"] == 5
    assert found["a", "dotted", "inner", "leaf"] == 6
    assert found["a", "after"] == 11
    assert found["device", 0] == 12
    assert found["device", 0, "inner", "deep"] == 15
    assert found["device", 1, "roles"] == 19
    assert found["device", 1, "roles", 1, "y", 0, "z"] == 21
    assert found["device", 1, "part", 1, "name"] == 26
    assert found["spaced", "out", "k"] == 28
    assert ("device", 2) not in found


def test_carriage_returns_do_not_shift_lines() -> None:
    assert lines("a = 1\r\n\r\n[b]\r\nc = 2\r\n")["b", "c"] == 4


def keys_of(document: object, path: Path = ()) -> set[Path]:
    """Return the path of every key and item of a document."""
    if isinstance(document, dict):
        inner = document.items()
    elif isinstance(document, list):
        inner = enumerate(document)  # type: ignore[assignment]
    else:
        return set()
    return {
        found for key, value in inner for found in {(*path, key)} | keys_of(value, (*path, key))
    }


KEYS = st.sampled_from(["a", "b-1", '"q k"', "'l.k'", '"\\u00e9"', "a . b", "c.d"])
STRINGS = st.sampled_from(
    ['"x"', "'y]'", '"#"', '"""m\n[t]\n"""', "'''n\n'''", '"\\""', '""', "''", '"""""" ']
)
SCALARS = st.one_of(STRINGS, st.sampled_from(["1", "-2.5e3", "true", "07:32:00", "0xff", "inf"]))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda all_: "[\n" + ", # c]\n".join(all_) + "\n]"),
        st.lists(inner, max_size=2).map(
            lambda all_: "{" + ", ".join(f"k{n} = {one}" for n, one in enumerate(all_)) + "}"
        ),
    ),
    max_leaves=6,
)
ROWS = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.sampled_from(["[t]", "[t.u]", "[[r]]", "[[r.s]]", "[r.s.v]", "# c", "", '["q"."w"]']),
)


@given(st.lists(ROWS, max_size=8).map("\n".join))
def test_every_key_of_any_valid_file_has_a_line(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return

    found = lines(text)

    assert keys_of(document) <= set(found)
    rows = text.count("\n") + 1
    assert all(1 <= line <= rows for line in found.values())


@pytest.mark.parametrize("text", ["", "# nothing", "\n\n"])
def test_a_file_that_says_nothing_has_no_lines(text: str) -> None:
    assert lines(text) == {}
