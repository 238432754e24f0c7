"""JSON on one line is what Python's own module would write."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.json_line import json_line

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_it_has_the_same_bytes_as_python_s_own(value: object) -> None:
    assert json_line(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_back_as_it_was(number: float) -> None:
    assert json.loads(json_line([number])) == [number]


@pytest.mark.parametrize("value", [{1: "a"}, {"a"}, object(), "\ud800"])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        json_line(value)
