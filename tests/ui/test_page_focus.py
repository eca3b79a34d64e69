import pytest
from PySide6.QtCore import Qt

from ui.geometry import Geometry
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, context_of, filled, is_quiet):
    """The window on the filled workspace, with the keyboard."""
    context = context_of(filled)
    made = MainWindow(context, Geometry(filled.home))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    return made


@pytest.mark.parametrize("page", ["today", "accounts", "team", "settings"])
def test_a_page_takes_the_focus_along_so_that_space_presses_nothing_elsewhere(qtbot, window, page):
    window.week.board.setFocus()
    qtbot.waitUntil(window.week.board.hasFocus)
    window.actions_by_id[f"page-{page}"].trigger()
    qtbot.waitUntil(lambda: window.stack.isAncestorOf(window.focusWidget()) and window.focusWidget().isVisible())
    assert not window.status.isAncestorOf(window.focusWidget())


def test_what_has_the_focus_outside_the_pages_keeps_it(qtbot, window):
    window.header.search.setFocus()
    qtbot.waitUntil(window.header.search.hasFocus)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.page == "accounts")
    assert window.header.search.hasFocus()
