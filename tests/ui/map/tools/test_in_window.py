"""The tools in the whole window: their keys, and that lists follow."""

import pytest
from PySide6.QtCore import Qt

from ui.geometry import Geometry
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, context_of, filled, is_quiet):
    context = context_of(filled)
    made = MainWindow(context, Geometry(filled.home))
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    return made


@pytest.mark.parametrize(("action", "tool"), [("tool-lasso", "lasso"), ("tool-polygon", "polygon"), ("tool-measure", "measure")])
def test_each_tool_has_a_key_a_button_and_words(qtbot, window, action, tool):
    made = window.actions_by_id[action]
    button = next(each for each in window.tools.strip.buttons if each.defaultAction() is made)
    assert made.shortcut().toString() in button.toolTip()
    assert button.accessibleName() == made.text()
    assert button.width() == 28
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.tools.box.tool == tool
    assert button.isChecked()
    assert not window.actions_by_id["tool-move"].isChecked()
    window.actions_by_id["tool-move"].trigger()
    assert window.tools.box.tool == ""
    assert not button.isChecked()


def test_a_tool_that_is_pressed_twice_stays_in_the_hand(window):
    for _press in range(2):
        window.actions_by_id["tool-lasso"].trigger()
        assert window.actions_by_id["tool-lasso"].isChecked()
        assert window.tools.box.tool == "lasso"


def test_only_these_narrows_the_table_and_the_map_to_what_is_chosen(qtbot, window, is_quiet):
    window.show_page("accounts")
    window.tools.box.choose(frozenset({1, 3}))
    qtbot.mouseClick(window.tools.bar.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(is_quiet)
    assert window.accounts.count.text().startswith("2 of 6")
    qtbot.mouseClick(window.tools.bar.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(is_quiet)
    assert "of 6" not in window.accounts.count.text()


def test_where_no_map_is_a_tool_is_not_taken(window):
    window.show_page("settings")
    window.actions_by_id["tool-lasso"].trigger()
    assert window.tools.box.tool == ""
    assert not window.actions_by_id["tool-lasso"].isChecked()


def test_opening_details_shows_the_panel_that_was_hidden(window):
    window.actions_by_id["panel-details"].trigger()
    assert not window.details.isVisible()
    window.open_details(4)
    assert window.details.isVisible()
    assert window._context.desk.selected == 4
