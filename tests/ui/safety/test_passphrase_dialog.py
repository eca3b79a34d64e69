import pytest

from planner.errors import UserProblem
from planner.usecases.encryption import encrypt, is_encrypted
from ui.safety.passphrase_dialog import SHORTEST, hint_words


@pytest.mark.parametrize(
    ("first", "again", "told", "usable"),
    [
        ("", "", "8 characters at least", False),
        ("short", "short", "3 more characters", False),
        ("seven77", "seven77", "1 more character at", False),
        ("         ", "         ", "Only spaces", False),
        ("long enough", "", "Type the same again", False),
        ("long enough", "long", "Type the same again", False),
        ("long enough", "lomg", "The two differ", False),
        ("long enough", "long enough", "This will do", True),
        ("four words are enough", "four words are enough", "strong", True),
    ],
)
def test_what_is_typed_is_weighed_at_once(first, again, told, usable):
    text, _role, can_be_used = hint_words(first, again)
    assert told in text
    assert can_be_used is usable


def test_the_shortest_is_that_of_the_store(workspace):
    with pytest.raises(UserProblem, match="cannot be the passphrase"):
        encrypt(workspace, "x" * (SHORTEST - 1))
    encrypt(workspace, "x" * SHORTEST)
    assert is_encrypted(workspace)
