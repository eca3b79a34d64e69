"""Dialogs as high as their wrapped lines need."""

from PySide6.QtWidgets import QDialog, QWidget


def fit_height(dialog: QDialog, width: int) -> None:
    """Give a dialog this width and the height that its lines have then; Qt's own guess is too high or cuts lines off."""
    for child in dialog.findChildren(QWidget):
        child.ensurePolished()  # its font is known only then
    layout = dialog.layout()
    if layout is not None:
        layout.invalidate()
        layout.activate()
        dialog.setFixedSize(width, max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height()))
