"""What dialogs have in common: a title above, buttons below, and what is refused told in place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from planner.errors import UserProblem
from ui.errors import show_error
from ui.widgets.parts import label


def column_of(dialog: QDialog, title: str, *, window_title: str = "", spacing: int = 10) -> QVBoxLayout:
    """The column that a dialog is laid out in, its title on top; the dialog is gone once it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(window_title or title)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(spacing)
    column.addWidget(label(title, "title", wrap=True))
    return column


def button_row(*buttons: QPushButton, beside: QWidget | None = None) -> QHBoxLayout:
    """Buttons on the right, and something on the left of them."""
    row = QHBoxLayout()
    row.setSpacing(8)
    if beside is None:
        row.addStretch(1)
    else:
        row.addWidget(beside, 1)
    for each in buttons:
        row.addWidget(each)
    return row


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """The Close of a dialog that only shows something."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    return buttons


def problem_line() -> QLabel:
    """Room for what is refused, hidden until then."""
    made = label("", "bad", wrap=True)
    made.hide()
    return made


def tell_problem(line: QLabel, error: BaseException) -> None:
    """Tell in a line what can be mended in its dialog, and anything else in a dialog of its own."""
    if isinstance(error, UserProblem):
        line.setText(str(error))
        line.show()
    else:
        show_error(error, line.window())
