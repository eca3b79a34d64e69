import pytest

from planner.usecases.edits import remove
from planner.usecases.plan_versions import list_versions
from ui.week.versions_dialog import VersionsDialog


@pytest.fixture
def dialog(qtbot, hand):
    made = VersionsDialog(hand.context)
    qtbot.addWidget(made)
    made.show()
    hand.settle()
    return made


def test_every_version_is_listed_and_the_newest_is_on_show(dialog, hand):
    kept = list_versions(hand.context.workspace, hand.context.desk.week)
    assert [each.id for each in dialog.versions] == [each.id for each in kept]
    assert dialog.title.text().endswith(f"{len(kept)} versions")
    assert dialog.summary.text() == "This is the plan on show."
    assert not dialog.back.isEnabled()


def test_going_back_says_what_it_changes_and_shows_the_older_plan(dialog, hand):
    key = hand.kept().days[1].stops[0].key
    before = hand.kept()
    hand.panel.verbs.commit(lambda board: remove(board, key), "")
    hand.settle()
    dialog.table.setCurrentIndex(dialog.model.index(1, 0))
    hand.settle()
    assert dialog.summary.text().startswith("Going back: ")
    assert dialog.lines.text()
    dialog.back.click()
    hand.settle()
    assert hand.kept().days == before.days == hand.context.desk.plan.days == hand.panel.verbs.board.plan.days
    assert hand.told[-1].startswith("Go back to ")
    assert dialog.table.currentIndex().row() == 0


def test_a_version_is_given_a_name(dialog, hand):
    dialog.table.setCurrentIndex(dialog.model.index(1, 0))
    dialog.name.setText("Before the snow")
    dialog.keep.click()
    hand.settle()
    assert dialog.versions[1].name == "Before the snow"
    assert dialog.model.index(1, 1).data() == "Before the snow"


def test_a_window_that_only_shows_the_data_only_lists(qtbot, hand, monkeypatch):
    monkeypatch.setattr(hand.context.workspace, "read_only", True)
    made = VersionsDialog(hand.context)
    qtbot.addWidget(made)
    hand.settle()
    made.table.setCurrentIndex(made.model.index(1, 0))
    hand.settle()
    assert not any(widget.isEnabled() for widget in (made.name, made.keep, made.back))
