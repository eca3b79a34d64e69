import pytest

from planner.geocoding.vocabulary import Vocabulary

WORDS = [("322", 4), ("avenue", 300), ("college", 40), ("colonnade", 5), ("column", 1), ("state", 50), ("walmart", 5), ("walnut", 9)]


@pytest.fixture
def vocabulary():
    return Vocabulary(WORDS)


@pytest.mark.parametrize(
    ("beginning", "known"), [("coll", True), ("walmart", True), ("32", True), ("colu", True), ("zebra", False), ("walmarts", False)]
)
def test_beginnings_of_words_are_known(vocabulary, beginning, known):
    assert vocabulary.knows(beginning) is known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("colege", "college"),
        ("stte", "state"),
        ("walmrt", "walmart"),
        ("clolege", "college"),
        ("oclleg", "colleg"),
        ("aveneu", "avenue"),
        ("coleg", "colleg"),
    ],
)
def test_a_letter_wrong_left_out_added_or_swapped_is_mended_also_in_an_unfinished_word(vocabulary, typed, meant):
    assert meant in vocabulary.meant(typed)


@pytest.mark.parametrize("typed", ["", "c", "col", "3222", "zebras", "walmartsupercenter"])
def test_short_words_numbers_strange_words_and_right_ones_are_left_alone(vocabulary, typed):
    assert vocabulary.meant(typed) == []


def test_the_nearest_and_commonest_meaning_comes_first(vocabulary):
    assert vocabulary.meant("walmut")[0] == "walnut"
    meant = Vocabulary([("baker", 1), ("bakes", 9)]).meant("bakex")
    assert meant.index("bakes") < meant.index("baker")


def test_nothing_is_known_to_an_empty_vocabulary():
    assert not Vocabulary([]).knows("a")
    assert Vocabulary([]).meant("college") == []
