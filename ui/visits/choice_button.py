"""Big buttons to choose one of: a name, perhaps an icon, and the key that chooses it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from ui.icons import icon
from ui.style import SMALL_PX, Theme, font, scaled
from ui.widgets.with_type import keep_height

TOUCH_PX = 48
_LOW_PX = 32
_CAP_PX = 16
_ICON_PX = 20


class ChoiceButton(QAbstractButton):
    """Checkable, as high as a finger needs unless `low`; Alt and its key choose it from anywhere in its window."""

    def __init__(self, theme: Theme, text: str, key: str = "", icon_name: str = "", *, low: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._key = key
        self._icon = icon_name
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({key})" if key else text)
        if key:
            self.setShortcut(f"Alt+{key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keep_height(self, _LOW_PX if low else TOUCH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.toggled.connect(self._take_focus)
        theme.changed.connect(self.update)

    def _take_focus(self, on: bool) -> None:
        """Chosen by a key or by a command, it takes the focus over from another one of its group: two would look chosen."""
        group, other = self.group(), QApplication.focusWidget()
        if on and group is not None and other is not self and other in group.buttons():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        beside = (_ICON_PX + 6 if self._icon else 0) + (8 + round(scaled(_CAP_PX)) if self._key else 0)
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + beside + 22, self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = self._theme.colours
            on, focused = self.isChecked(), self.hasFocus()
            ground = colours.chosen if on else colours.hover if self.underMouse() and self.isEnabled() else colours.raised
            width = 2 if focused else 1
            painter.setPen(QPen(QColor(colours.accent if on or focused else colours.line), width))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), 8, 8)
            self._paint_words(painter, QColor(colours.text if self.isEnabled() else colours.duty))

    def _paint_words(self, painter: QPainter, colour: QColor) -> None:
        colours = self._theme.colours
        painter.setFont(font(bold=self.isChecked()))
        wide = painter.fontMetrics().horizontalAdvance(self.text())
        cap_px = scaled(_CAP_PX)
        key_px = 8 + cap_px if self._key else 0
        icon_px = _ICON_PX + 6 if self._icon else 0
        left = (self.width() - wide - key_px - icon_px) / 2
        if self._icon:
            tint = colours.accent if self.isChecked() else colours.quiet
            picture = icon(self._icon, tint).pixmap(QSize(_ICON_PX, _ICON_PX), self.devicePixelRatioF())
            painter.drawPixmap(int(left), (self.height() - _ICON_PX) // 2, picture)
        painter.setPen(colour)
        painter.drawText(QRectF(left + icon_px, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._key:
            cap = QRectF(left + icon_px + wide + 8, (self.height() - cap_px) / 2, cap_px, cap_px)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.raised if self.isChecked() else colours.chip))
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(QColor(colours.quiet))
            painter.setFont(font(SMALL_PX))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
