import pytest
from PySide6.QtWidgets import QLabel

from planner.model.changes import Changes
from planner.model.imports import KindCounts, RecordKind
from planner.usecases.import_accounts import ImportOutcome
from ui.imports.done_step import DoneStep, is_placed_by_address, places_to_check


@pytest.fixture
def outcome_of(accounts):
    def make(placed):
        return ImportOutcome(
            counts={RecordKind.ACCOUNTS: KindCounts(1, 2, 1310), RecordKind.OPPORTUNITIES: KindCounts(removed=1)},
            duplicates=(("Acme", "Acme Inc", "the same address"),),
            placed=placed,
            unplaced=(accounts[5],),
            problems=(),
            changes=Changes("Import <b>accounts</b>.csv", accounts=True),
        )

    return make


@pytest.fixture
def step(qtbot):
    made = DoneStep()
    qtbot.addWidget(made)
    made.show()
    return made


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def test_what_came_of_it_is_told_kind_by_kind_and_how_addresses_were_placed(step, outcome_of):
    step.show_outcome(outcome_of({"rooftop": 3, "zip": 2}), frozenset({"duplicates", "check-places", "undo"}))
    told = texts(step)
    assert "1 account added, 2 changed, 1,310 as before" in told
    assert "1 opportunity removed" in told
    assert "Import <b>accounts</b>.csv" in told
    assert "Placed on the address" in told
    assert step.duplicates.text() == "Look at 1 possible duplicate"
    assert step.places.text() == "Check 3 places"


def test_only_what_the_window_can_do_is_offered(step, outcome_of):
    step.show_outcome(outcome_of({"rooftop": 3}), frozenset({"undo"}))
    assert [button.isVisible() for button in (step.duplicates, step.places, step.save, step.undo)] == [False, False, False, True]
    seen = []
    step.wanted.connect(seen.append)
    step.undo.click()
    assert seen == ["undo"]


def test_without_a_road_pack_that_is_said_once_and_no_place_is_to_be_checked(step, outcome_of):
    outcome = outcome_of({"zip": 900, "city": 60})
    step.show_outcome(outcome, frozenset({"check-places"}))
    assert places_to_check(outcome) == 961
    assert not is_placed_by_address(outcome)
    assert not step.places.isVisible()
    assert any(text.startswith("No map on this laptop knows these addresses yet.") for text in texts(step))
    assert not step.roads.isVisible()
    wanted = []
    step.wanted.connect(wanted.append)
    step.show_outcome(outcome, frozenset({"check-places", "footprint"}))
    step.roads.click()
    assert wanted == ["footprint"]
    step.show_outcome(outcome_of({"rooftop": 900}), frozenset({"footprint"}))
    assert not step.roads.isVisible()
