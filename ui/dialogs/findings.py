"""What was found when everything on the laptop was looked at, the worst first."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.usecases.doctor import Finding, Health
from ui.dialogs.frame import close_button, column_of
from ui.style import Theme
from ui.widgets.parts import label, separator
from ui.widgets.scrolled import ScrolledLines
from ui.words import count

WORDS = {Health.GOOD: "Good", Health.LOOK: "Worth a look", Health.BAD: "Does not work"}


class Mark(QWidget):
    """A coloured dot: a disc for good, a ring for what is worth a look, a square for what does not work, so that shape tells as well."""

    def __init__(self, health: Health, theme: Theme) -> None:
        super().__init__()
        self._health = health
        self._theme = theme
        self.setFixedSize(QSize(14, 18))
        self.setAccessibleName(WORDS[health])
        self.setToolTip(WORDS[health])
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours = self._theme.colours
        colour = QColor({Health.GOOD: colours.good, Health.LOOK: colours.support, Health.BAD: colours.bad}[self._health])
        box = QRectF(2, 4, 10, 10)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = painter.pen()
            pen.setColor(colour)
            pen.setWidthF(2.5)
            painter.setPen(pen if self._health is Health.LOOK else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush if self._health is Health.LOOK else colour)
            if self._health is Health.BAD:
                painter.drawRect(box)
            else:
                painter.drawEllipse(box.adjusted(1, 1, -1, -1) if self._health is Health.LOOK else box)


class Findings(QDialog):
    """One line a finding, with what to do about it below."""

    def __init__(self, findings: Sequence[Finding], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(620, 420)
        column = column_of(self, headline(findings), window_title="Check everything", spacing=8)
        scroll = ScrolledLines("What was found", (0, 0, 8, 0), across=True)
        for finding in findings:
            scroll.lines.addWidget(_line(finding, theme))
            scroll.lines.addWidget(separator())
        scroll.lines.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(close_button(self))


def headline(findings: Sequence[Finding]) -> str:
    """How it stands, in one line."""
    bad = sum(finding.health is Health.BAD for finding in findings)
    look = sum(finding.health is Health.LOOK for finding in findings)
    if bad:
        return f"{count(bad, 'thing')} {'does' if bad == 1 else 'do'} not work"
    if look:
        return f"All works; {count(look, 'thing')} {'is' if look == 1 else 'are'} worth a look"
    return "All is well, with no network too"


def _line(finding: Finding, theme: Theme) -> QWidget:
    row = QWidget()
    row.setAccessibleName(f"{WORDS[finding.health]}: {finding.about}. {finding.text} {finding.remedy}".strip())
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(10)
    across.addWidget(Mark(finding.health, theme), 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(1)
    texts.addWidget(label(finding.about, "week", wrap=True))
    texts.addWidget(label(finding.text, wrap=True, selectable=True))
    if finding.remedy:
        texts.addWidget(label(finding.remedy, "quiet", wrap=True, selectable=True))
    across.addLayout(texts, 1)
    return row
