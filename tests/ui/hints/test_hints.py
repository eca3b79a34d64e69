"""Hints: each once, one at a time, and gone by a click, Esc or doing it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from planner.settings import Settings
from ui.geometry import Geometry
from ui.hints.hints import Hints
from ui.hints.table import HINTS
from ui.main_window import MainWindow
from ui.options import PAGES


@pytest.fixture
def window(qtbot, context_of, filled, is_quiet):
    """The window on the week, loaded, where hints come at once."""
    context = context_of(filled)
    made = MainWindow(context, Geometry(filled.home))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    context.desk.load()
    qtbot.waitUntil(lambda: is_quiet() and made.isActiveWindow())
    made.hints._soon.setInterval(1)
    return made


def text_of(hint_id):
    return next(hint.text for hint in HINTS if hint.id == hint_id)


def shown(window, hint_id):
    return lambda: window.hints.card.isVisible() and window.hints.card.text.text() == text_of(hint_id)


def test_none_is_shown_before_it_begins(qtbot, window):
    window.show_page("accounts")
    qtbot.wait(40)
    assert window.hints.hint is None


def test_each_is_shown_once_in_the_life_of_a_home(qtbot, window, filled, context_of, is_quiet):
    window.map.setFocus()
    window.hints.begin()
    qtbot.waitUntil(shown(window, "drag a card"))
    assert window.map.hasFocus()
    assert window.hints.card.accessibleName() == f"Hint: {text_of('drag a card')}"
    qtbot.mouseClick(window.hints.card, Qt.MouseButton.LeftButton)
    assert not window.hints.card.isVisible()
    again = Hints(window._context, window, Geometry(filled.home))
    again._soon.setInterval(1)
    again.begin()
    qtbot.waitUntil(lambda: again.hint is not None)
    assert again.hint.id == "find"


def test_escape_and_another_page_put_it_away(qtbot, window):
    window.hints.begin()
    qtbot.waitUntil(shown(window, "drag a card"))
    qtbot.keyClick(window.map, Qt.Key.Key_Escape)
    assert window.hints.hint is None
    window.show_page("accounts")
    qtbot.waitUntil(shown(window, "columns"))
    window.show_page("territory")
    assert not window.hints.card.isVisible()
    qtbot.waitUntil(shown(window, "lasso"))


def test_doing_it_puts_it_away_and_learns_it_beforehand(qtbot, window):
    window.hints.begin()
    qtbot.waitUntil(shown(window, "drag a card"))
    window.show_page("accounts")
    qtbot.waitUntil(shown(window, "columns"))
    window.accounts.hide_column("tier")
    assert not window.hints.card.isVisible()
    window.actions_by_id["find"].triggered.emit()
    window.tools.box.chosen.emit(None, True)
    assert window._geometry.flag("hint find")
    assert not window._geometry.flag("hint lasso")


def test_none_beside_a_dialog(qtbot, window):
    dialog = QDialog(window)
    dialog.show()
    window.hints.begin()
    qtbot.wait(40)
    assert window.hints.hint is None
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(shown(window, "drag a card"))


def test_no_more_hints_and_hints_again(qtbot, window, is_quiet):
    window.hints.begin()
    qtbot.waitUntil(shown(window, "drag a card"))
    window.settings._keep("hints", "no")
    qtbot.waitUntil(lambda: is_quiet() and window._context.desk.settings.text("hints") == "no")
    assert not window.hints.card.isVisible()
    window.show_page("accounts")
    qtbot.wait(40)
    assert window.hints.hint is None
    window.show_page("week")
    window.actions_by_id["hints-again"].trigger()
    qtbot.waitUntil(shown(window, "drag a card"))
    assert window._context.desk.settings.text("hints") == "yes"


def test_a_window_that_only_shows_the_data_has_none(qtbot, window, monkeypatch):
    monkeypatch.setattr(window._context.workspace, "read_only", True)
    window.hints.begin()
    window.show_page("accounts")
    qtbot.wait(40)
    assert window.hints.hint is None


def test_hints_are_told_apart_and_belong_to_pages():
    assert len({hint.id for hint in HINTS}) == len(HINTS)
    assert all(hint.pages <= set(PAGES) and len(hint.text) < 100 for hint in HINTS)
    assert Settings({}).text("hints") == "yes"
