from PySide6.QtCore import Qt

from ui.dialogs.confirm import Confirm


def made(qtbot, ran):
    dialog = Confirm("Delete it?", "It is gone then.", "Delete", lambda: ran.append(True))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_only_its_button_runs_it(qtbot):
    ran = []
    made(qtbot, ran).no.click()
    qtbot.keyClick(made(qtbot, ran), Qt.Key.Key_Escape)
    assert ran == []
    made(qtbot, ran).yes.click()
    assert ran == [True]


def test_enter_is_the_safe_answer(qtbot):
    ran = []
    dialog = made(qtbot, ran)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert ran == []
    assert not dialog.isVisible()
