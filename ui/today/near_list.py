"""Who is near: accounts that can be seen on the way without being late anywhere, each with the button that puts it in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from planner.usecases.today import OnDay
from ui.widgets.parts import button, label
from ui.words import KINDS, clock, span


class NearList(QFrame):
    """`put_in` is given the id of an account, and is None where nothing can be changed."""

    def __init__(
        self, found: Sequence[OnDay], select: Callable[[int], None], put_in: Callable[[int], None] | None, close: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 10)
        top = QHBoxLayout()
        top.addWidget(label("WHO IS NEAR", "heading"), 1)
        top.addWidget(button("Close", "link", close))
        column.addLayout(top)
        if not found:
            column.addWidget(label("Nobody can be seen before the next stop without being late there.", "brief", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for number, (_day, fit) in enumerate(found):
            account_id = fit.account_id
            if account_id is None:
                continue
            name = button(fit.title.replace("&", "&&"), "bigline", lambda chosen=account_id: select(chosen))
            name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            name.setToolTip(fit.title)
            times = f"{clock(fit.start_s)}–{clock(fit.leave_s)} · +{span(max(0, fit.detour_s))} driving · {KINDS[fit.kind].lower()}"
            told = label(times, "quiet")
            told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(name, 2 * number, 0, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(told, 2 * number + 1, 0, Qt.AlignmentFlag.AlignTop)
            if put_in is not None:
                each = button("Put it in", "", lambda chosen=account_id: put_in(chosen))
                each.setMinimumHeight(44)
                each.setAccessibleName(f"Put {fit.title} in")
                grid.addWidget(each, 2 * number, 1, 2, 1)
                self.buttons.append(each)
        column.addLayout(grid)
