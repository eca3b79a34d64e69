"""Everything that can be used says what it is to who cannot see it, and can be come to by the Tab key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QTabBar,
    QWidget,
)
from whole_window import action_dialogs, close_dialogs, dialogs, inner_dialogs, live_in, opened, pages, settle

USED = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QProgressBar, QTabBar)
MOST_STEPS = 600
PARTS_OF_A_DAY = 5
"""In a field for a day, Tab goes from month to day to year first."""


@pytest.fixture
def window(filled, accounts, plan, theme):
    live_in(filled, accounts, plan)
    with opened(filled, theme) as window:
        yield window


def is_part_of_another(widget):
    """The field of a spin box or combo box, the arrows and corner of what scrolls: their whole has the name."""
    parent, name = widget.parent(), widget.objectName()
    return (
        name.startswith("qt_")
        or isinstance(widget, QHeaderView)
        or (isinstance(parent, QComboBox | QAbstractSpinBox) and widget is not parent)
        or (isinstance(parent, QLineEdit) and isinstance(widget, QAbstractButton))
        or type(widget).__name__ in {"QTableCornerButton", "QComboBoxPrivateContainer"}
    )


def used_in(top):
    """What can be used in a window or dialog: the controls in sight, and what is painted by hand and takes the focus."""
    for widget in (top, *top.findChildren(QWidget)):
        takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget is not top
        by_hand = takes_focus and type(widget) is not QWidget
        if widget.isVisible() and widget.window() is top and not is_part_of_another(widget) and (isinstance(widget, USED) or by_hand):
            yield widget


def name_of(widget):
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def nameless(top):
    return [where(widget) for widget in used_in(top) if not name_of(widget)]


def where(widget):
    """A widget by its class and those it is in, as one finds it in the code."""
    inside, chain = widget, []
    while inside is not None and len(chain) < 4:
        text = getattr(inside, "text", None)
        said = f"“{text()}”" if callable(text) and isinstance(inside, QAbstractButton) else ""
        chain.append(f"{type(inside).__name__}{said}")
        inside = inside.parentWidget()
    return " in ".join(chain)


def never_reached(top):
    """What takes the focus by Tab and is not come to when the key is pressed until it has gone round once."""
    top.activateWindow()
    now = QApplication.focusWidget()
    if now is None or now.window() is not top:
        QTest.keyClick(top, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
    seen = []
    while now is not None and now not in seen and len(seen) < MOST_STEPS:
        seen.append(now)
        for _part in range(PARTS_OF_A_DAY):
            QTest.keyClick(now, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is not now:
                break
        now = QApplication.focusWidget()
    reached = {*seen, *(widget.parentWidget() for widget in seen if is_part_of_another(widget))}
    wanted = [each for each in used_in(top) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled()]
    trap = [f"Tab stays at {where(seen[-1])}"] if seen and now is seen[-1] and len(wanted) > 1 else []
    return trap + [where(each) for each in wanted if not {each, each.focusProxy()} & reached and not another_is_chosen(each)]


def another_is_chosen(widget):
    """Of buttons that exclude each other, Tab comes to the one that is chosen, and the arrows to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    exclusive = group.exclusive() if group else isinstance(widget, QAbstractButton) and widget.autoExclusive()
    return exclusive and not widget.isChecked()


def judged(window, ways, *, of_dialogs):
    """Go every way, and judge what comes into sight."""
    wrong = {}
    for name, way in ways.items():
        kept = way(window)
        settle(window)
        top = next(dialogs(), None) if of_dialogs else window
        if top is None:
            wrong[name] = ["it did not open"]
        else:
            no_name, no_tab = nameless(top), never_reached(top)
            wrong[name] = [*(f"no name: {each}" for each in no_name), *(f"no way by Tab: {each}" for each in no_tab)]
        if of_dialogs:
            close_dialogs(window)
        del kept
    return [f"{name}: {line}" for name, lines in wrong.items() for line in lines]


def test_everything_on_every_page_has_a_name_and_is_come_to_by_tab(window):
    wrong = judged(window, pages(), of_dialogs=False)
    assert not wrong, "\n".join(wrong)


def test_everything_in_every_dialog_has_a_name_and_is_come_to_by_tab(window, tmp_path):
    wrong = judged(window, action_dialogs() | inner_dialogs(tmp_path), of_dialogs=True)
    assert not wrong, "\n".join(wrong)


def test_the_palette_over_the_window_has_names_too(window):
    window.actions_by_id["find"].trigger()
    assert not nameless(window)


def test_everything_in_an_empty_home_has_a_name_and_is_come_to_by_tab(workspace, theme):
    with opened(workspace, theme) as window:
        wrong = judged(window, pages(), of_dialogs=False)
    assert not wrong, "\n".join(wrong)
