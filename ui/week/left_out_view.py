"""The list of who is left out: its rows are laid out anew whenever it gets another width, for their heights follow it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from ui.style import Theme
from ui.week.left_out_delegate import LeftOutDelegate


class LeftOutView(QListView):
    """A list of `LeftOut` values."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setItemDelegate(LeftOutDelegate(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName("Accounts that are not in the plan")
        self.setAccessibleDescription("Enter adds one where it takes least; drag one onto a day to choose the time")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        # Qt takes no notice of another size while a layout is still to come, and may have asked for some heights by then.
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
