import pytest

from planner.model.accounts import ImportProblem
from planner.model.changes import Changes
from planner.usecases.import_accounts import ImportOutcome
from ui.dialogs.import_result import problem_lines, summary


@pytest.fixture
def outcome_of(accounts):
    def make(placed):
        return ImportOutcome(
            added=1,
            changed=2,
            unchanged=1310,
            opportunities=1,
            reps=0,
            events=0,
            duplicates=(("Acme", "Acme Inc", "the same address"),),
            placed=placed,
            unplaced=(accounts[5],),
            problems=(ImportProblem("accounts.csv", 7, "No name; the line was left out."),),
            changes=Changes("Import accounts.csv", accounts=True),
        )

    return make


def test_an_import_is_summed_up_in_one_line(outcome_of):
    assert summary(outcome_of({"rooftop": 3})) == "1 account added · 2 changed · 1,310 as before · 1 deal"


def test_problems_name_file_and_line_and_duplicates_say_why(outcome_of):
    lines = problem_lines(outcome_of({"rooftop": 3}))
    assert lines[0] == "accounts.csv, line 7: No name; the line was left out."
    assert lines[1] == "Possibly the same: Acme and Acme Inc (the same address)"
    assert lines[2].startswith("Not placed: Nowhere & Sons <b>, 6 Pine Hall Rd")


def test_without_a_road_pack_not_every_account_is_a_line(outcome_of):
    assert len(problem_lines(outcome_of({}))) == 2
