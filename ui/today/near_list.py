"""Who is near: accounts that can be seen on the way to the next stop, each with the button that puts it in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from planner.usecases.today import OnDay
from ui.widgets.parts import LinkLine, button, label, separator
from ui.widgets.plain_tip import plain_tip
from ui.words import KINDS, span, times

LEAST_PX = 44


class NearList(QFrame):
    """`put_in` is given the id of an account, None where nothing can be changed; `warning` says what is late already, if anything."""

    def __init__(
        self,
        found: Sequence[OnDay],
        select: Callable[[int], None],
        put_in: Callable[[int], None] | None,
        close: Callable[[], None],
        warning: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 10)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(label("WHO IS NEAR", "heading"), 1)
        top.addWidget(button("Close", "link", close))
        column.addLayout(top)
        if warning and found:
            column.addWidget(label(warning, "support", wrap=True))
        if not found:
            column.addWidget(label("Nobody can be seen before the next stop without being late there.", "brief", wrap=True))
        for number, (_day, fit) in enumerate(each for each in found if each[1].account_id is not None):
            if number:
                column.addWidget(separator())
            when = f"{times(fit.start_s, fit.leave_s)} · +{span(max(0, fit.detour_s))} driving · {KINDS[fit.kind].lower()}"
            column.addLayout(self._row(fit.account_id or 0, fit.title, when, select, put_in))

    def _row(
        self, account_id: int, title: str, when: str, select: Callable[[int], None], put_in: Callable[[int], None] | None
    ) -> QHBoxLayout:
        name = LinkLine(title, lambda: select(account_id))
        name.setProperty("role", "bigline")
        name.setToolTip(plain_tip(title))
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(name)
        told.addWidget(_given_way(label(when, "quiet", wrap=True)))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(told, 1)
        if put_in is not None:
            each = button("Add to today", "", lambda: put_in(account_id))
            each.setMinimumHeight(LEAST_PX)
            each.setAccessibleName(f"Add {title} to today")
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
            self.buttons.append(each)
        return row


def _given_way(widget: QWidget) -> QWidget:
    """A line that breaks where there is no room, whatever it would like."""
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return widget
