"""Every action of the table is come to by the keyboard: by its key on every page, in a menu, in the search, on the sheet of shortcuts."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from whole_window import opened, pages, settle, throw_away

from ui.actions import ROWS
from ui.dialogs.shortcuts import Shortcuts
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.palette.finder import FIND, _action_things

KEYS = [(row.id, keys) for row in ROWS for keys in (row.shortcut, row.also) if keys]


@pytest.fixture
def window(context_of, workspace):
    """The window with nothing in it."""
    window = MainWindow(context_of(workspace), Geometry(workspace.home))
    window.show()
    yield window
    throw_away(window)


@pytest.fixture
def ran(monkeypatch):
    """The ids of the actions that were run, of which nothing else happens, so that a page stays as it is under the next key."""
    told = []
    monkeypatch.setattr(MainWindow, "_handlers", lambda _window: {row.id: lambda row=row: told.append(row.id) for row in ROWS})
    return told


def press(qtbot, window, keys):
    """Press the keys of a shortcut where the focus is."""
    pressed = QKeySequence(keys)[0]
    qtbot.keyClick(QApplication.focusWidget() or window, pressed.key(), pressed.keyboardModifiers())


def switch_all_on(window):
    """Let every action be done, also those that make sense only at times."""
    for action in window.actions_by_id.values():
        action.setEnabled(True)


def menus_of(window):
    """The menus of the header's buttons, by button."""
    return {button: button.menu() for button in window.header.findChildren(QPushButton) if button.menu() is not None}


def all_in(menu):
    """The actions of a menu and of the menus in it."""
    for action in menu.actions():
        yield from all_in(action.menu()) if isinstance(action.menu(), QMenu) else (action,)


def test_an_action_has_a_key_or_stands_in_a_menu_of_the_header(window):
    in_menus = {action.objectName() for menu in menus_of(window).values() for action in all_in(menu)}
    assert [row.id for row in ROWS if not row.shortcut and row.id not in in_menus] == []
    wanted = {row.id for row in ROWS if row.where and row.where != "go"}
    assert wanted - in_menus == set()


def test_the_menus_of_the_header_open_by_the_keyboard(qtbot, window):
    opened = []

    def close_it():
        popup = QApplication.activePopupWidget()
        if popup is not None:
            opened.append(popup)
            popup.close()

    menus = menus_of(window)
    looking = QTimer(interval=10)
    looking.timeout.connect(close_it)
    looking.start()
    for button in menus:
        button.setFocus()
        assert QApplication.focusWidget() is button
        qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(opened) == len(menus))
    assert set(opened) == set(menus.values())


def test_no_two_share_a_key_in_the_whole_window(window):
    made = Counter()
    for action in {*window.actions(), *(each for each in window.findChildren(QAction) if not isinstance(each.parent(), QMenu))}:
        made.update(key.toString() for key in action.shortcuts())
    for shortcut in window.findChildren(QShortcut):
        if shortcut.context() in {Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut}:
            made.update([shortcut.key().toString()])
    assert [key for key, number in made.items() if number > 1] == []
    assert {QKeySequence(keys).toString() for _, keys in KEYS} <= set(made)


def test_each_key_runs_its_action_and_no_other_on_every_page(qtbot, ran, filled, theme):
    wrong = []
    with opened(filled, theme) as window:
        switch_all_on(window)
        for page, turn_to in pages().items():
            turn_to(window)
            settle(window)
            for action, keys in KEYS:
                ran.clear()
                press(qtbot, window, keys)
                if ran != [action]:
                    wrong.append(f"{keys} on {page} with the focus on {type(QApplication.focusWidget()).__name__}: {ran}, not {action}")
    assert not wrong, "\n".join(wrong)


def test_each_key_but_those_of_typing_works_in_the_search_field_too(qtbot, ran, window):
    switch_all_on(window)
    window.show_page("accounts")
    window.accounts.search.setFocus()
    missed = []
    for action, keys in KEYS:
        ran.clear()
        press(qtbot, window, keys)
        missed += [action] if ran != [action] else []
    assert set(missed) == {"undo", "redo"}, "the field undoes what was typed into it"


def test_the_search_finds_every_action_but_itself(window):
    switch_all_on(window)
    assert {str(thing.key) for thing in _action_things(window.actions_by_id)} == {row.id for row in ROWS} - {FIND}


def test_the_sheet_of_shortcuts_names_every_key(qtbot, theme):
    sheet = Shortcuts()
    qtbot.addWidget(sheet)
    told = {label.text() for label in sheet.findChildren(QLabel)}
    assert [row.text for row in ROWS if row.shortcut and not {row.text, row.shortcut} <= told] == []


def test_an_action_that_is_off_says_why_and_its_menu_shows_that(window):
    window._context.bus.pack_shown.emit(None)  # as at a start without roads
    settle(window)
    off = [action for action in window.actions_by_id.values() if not action.isEnabled()]
    assert {"undo", "redo"} <= {action.objectName() for action in off}
    for action in off:
        assert action.toolTip().removesuffix("</qt>").endswith("."), action.objectName()
    for menu in [menu for top in menus_of(window).values() for menu in (top, *(each.menu() for each in top.actions() if each.menu()))]:
        menu.aboutToShow.emit()
        assert menu.toolTipsVisible() == any(not action.isEnabled() for action in menu.actions())
