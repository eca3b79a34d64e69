"""What the tests of the Accounts page do with a panel: read its rows, press its keys, find what it opens."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication


def names(panel):
    return [panel.table.model().index(line, 0).data() for line in range(panel.model.rowCount())]


def desk(panel):
    return panel._context.desk


def dialog(kind):
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible())


def actions(menu):
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def press(qtbot, panel, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(panel.table, key, held)


def click(qtbot, panel, account_id, held=Qt.KeyboardModifier.NoModifier):
    at = panel.table.visualRect(panel.model.index(panel.model.row_of(account_id), 0)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, held, at)
