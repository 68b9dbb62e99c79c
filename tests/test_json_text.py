import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import json_text

_anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(_anything)
def test_what_is_written_reads_the_same_to_anybody(value: Any) -> None:
    assert json.loads(json_text.write(value)) == value


@given(_anything.filter(lambda value: "e+" not in json.dumps(value)))
def test_what_the_standard_library_wrote_is_read(value: Any) -> None:
    assert json_text.read(json.dumps(value)) == json.loads(json.dumps(value))


def test_what_is_hardly_json_goes_through_as_it_did() -> None:
    assert json_text.read('"\\ud800"') == "\ud800"
    assert math.isnan(json_text.read("NaN"))
    assert json.loads(json_text.write({"text": "\ud800", "id": 2**70})) == {"text": "\ud800", "id": 2**70}


@pytest.mark.parametrize("text", ["", "{", b"\xff", "nothing"])
def test_what_is_no_json_says_so(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        json_text.read(text)


def test_what_json_has_no_word_for_says_so() -> None:
    with pytest.raises(TypeError):
        json_text.write({"at": object()})
