"""Text made fit to be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.plain_text import one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Centre County", "Centre County"),
        ("Ünï'corn <b>; DROP TABLE", "Ünï'corn <b>; DROP TABLE"),
        (" a\tb\r\n c ", "a b c"),
        ("a\x1b[31mred\x07", "a[31mred"),
        ("ab\u202ecd\udc80", "abcd"),
        ("\x00\x1b", ""),
    ],
)
def test_what_cannot_be_printed_is_taken_out(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text())
def test_any_text_becomes_one_printable_line(text: str) -> None:
    assert one_line(text).isprintable()
    assert one_line(one_line(text)) == one_line(text)
