"""Finds words on the screen that are cut off: labels, buttons and headers with less room than their text takes."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHeaderView, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

SLACK_PX = 1
"""Sizes are whole pixels, and texts are not."""


def cut_texts(top: QWidget) -> list[str]:
    """Every text in sight that is cut off, with where it stands. One that is shortened on purpose ends on “…” and has a tool tip."""
    return [f"{_where(widget)}: {text!r} {why}" for widget, text, why in (*_cut(top), *_covered(top))]


def _cut(top: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not top or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QLabel) and widget.text() and not widget.text().endswith("…"):
            yield from _of_label(widget)
        elif isinstance(widget, QAbstractButton) and widget.text():
            yield from _of_button(widget)
        elif isinstance(widget, QComboBox) and not widget.isEditable():
            wanted = widget.fontMetrics().horizontalAdvance(widget.currentText())
            if wanted > widget.width() - 8 - 22 + SLACK_PX:
                yield widget, widget.currentText(), f"needs {wanted} px of {widget.width()}"
        elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
            yield from _of_header(widget)
        elif isinstance(widget, QLineEdit) and not widget.text() and widget.placeholderText() and not widget.toolTip():
            wanted = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            if wanted > widget.contentsRect().width() - 12 + SLACK_PX:
                yield widget, widget.placeholderText(), f"needs {wanted} px of {widget.contentsRect().width() - 12}"


def _covered(top: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    """Texts that another one beside them lies over, as they do where a layout has no room for all it holds."""
    by_parent: dict[QWidget | None, list[QLabel | QAbstractButton]] = {}
    for widget in (*top.findChildren(QLabel), *top.findChildren(QAbstractButton)):
        if widget.isVisible() and widget.window() is top and widget.text():
            by_parent.setdefault(widget.parentWidget(), []).append(widget)
    for beside in by_parent.values():
        for number, one in enumerate(beside):
            for other in beside[number + 1 :]:
                if one.geometry().adjusted(1, 1, -1, -1).intersects(other.geometry().adjusted(1, 1, -1, -1)):
                    yield one, one.text(), f"is covered by {other.text()!r}"


def _of_label(label: QLabel) -> Iterator[tuple[QWidget, str, str]]:
    room = label.contentsRect()
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        if wanted > label.height() + SLACK_PX:
            yield label, label.text(), f"needs {wanted} px of height, has {label.height()}"
        longest = max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split() or [""])
        if longest > room.width() + SLACK_PX:
            yield label, label.text(), f"has a word of {longest} px in {room.width()}"
    else:
        wanted = max(label.fontMetrics().horizontalAdvance(line) for line in label.text().split("\n"))
        if wanted > room.width() + SLACK_PX and not label.toolTip():
            yield label, label.text(), f"needs {wanted} px, has {room.width()}"
        lines = label.fontMetrics().height() * len(label.text().split("\n"))
        if lines > label.height() + SLACK_PX:
            yield label, label.text(), f"needs {lines} px of height, has {label.height()}"
    parent = label.parentWidget()
    if parent is not None and not _inside(label, parent) and not _scrolls(label):
        yield label, label.text(), "reaches over the edge of what it is in"


def _of_button(button: QAbstractButton) -> Iterator[tuple[QWidget, str, str]]:
    if isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return
    text = button.text().replace("&&", "&")
    if text.endswith("…") and button.accessibleName() not in {"", text}:
        return  # shortened on purpose, and said in full
    wanted = max(button.fontMetrics().horizontalAdvance(line) for line in text.split("\n"))
    icon = button.iconSize().width() + 4 if not button.icon().isNull() and not _below_its_icon(button) else 0
    if wanted + icon > button.width() - _padding(button) + SLACK_PX and not button.toolTip():
        yield button, text, f"needs {wanted + icon} px, has {button.width() - _padding(button)}"
    if button.fontMetrics().height() > button.height() + SLACK_PX:
        yield button, text, f"needs {button.fontMetrics().height()} px of height, has {button.height()}"


def _of_header(header: QHeaderView) -> Iterator[tuple[QWidget, str, str]]:
    model = header.model()
    for section in range(header.count()):
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        if not header.isSectionHidden(section) and text:
            wanted = header.fontMetrics().horizontalAdvance(text)
            if wanted > header.sectionSize(section) + SLACK_PX:
                yield header, text, f"needs {wanted} px, has {header.sectionSize(section)}"


def _below_its_icon(button: QAbstractButton) -> bool:
    return isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextUnderIcon


def _padding(button: QAbstractButton) -> int:
    """What the style sheet leaves empty beside the text, at the least."""
    return 4 if isinstance(button, QPushButton) else 0


def _inside(widget: QWidget, parent: QWidget) -> bool:
    return (
        parent.rect().adjusted(-SLACK_PX, -SLACK_PX, SLACK_PX, SLACK_PX).contains(QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size()))
    )


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and parent.objectName() == "qt_scrollarea_viewport"


def _where(widget: QWidget) -> str:
    chain, inside = [], widget
    while inside is not None and len(chain) < 4:
        chain.append(type(inside).__name__)
        inside = inside.parentWidget()
    return " in ".join(chain)
