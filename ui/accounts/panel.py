"""The lower panel of the Accounts page: the filter, its count, and the table."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner.model.accounts import Account
from ui.accounts.model import ACCOUNT, ACCOUNT_ROLE, DEALS, KIND, LAST, OWNER, PLACED, STAGE, TIER, WEEK, AccountsModel, rows_of
from ui.context import AppContext
from ui.style import Theme, font
from ui.widgets.freshness import Freshness
from ui.widgets.parts import label
from ui.words import count

_WIDTHS = {ACCOUNT: 240, KIND: 84, TIER: 48, STAGE: 144, OWNER: 112, DEALS: 96, LAST: 112, WEEK: 118, PLACED: 150}
_NAME_MIN_PX = 190


class AccountsPanel(QFrame):
    """Follows accounts, plan, search and selection, and tells the map which accounts are left after the filter."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("under")
        self._context = context
        self.model = AccountsModel(self)
        self.count = label("", "week")
        self.doubtful = QPushButton()
        self.doubtful.setProperty("role", "chip")
        self.doubtful.setCheckable(True)
        self.doubtful.setToolTip("Show only accounts whose place is doubtful or missing")
        self.doubtful.toggled.connect(self._filter_doubtful)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(AccountsDelegate(context.theme, self.table))
        self.table.setAccessibleName("Accounts")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(30)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(ACCOUNT, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(44)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.table.setSortingEnabled(True)
        self.table.viewport().installEventFilter(self)
        self.table.selectionModel().currentRowChanged.connect(self._picked)
        header.sortIndicatorChanged.connect(lambda *_: self._follow(context.desk.selected))
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.addWidget(self.count)
        bar.addSpacing(8)
        bar.addWidget(self.doubtful)
        bar.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)
        bus = context.bus
        fresh = Freshness(self, self._load)
        bus.accounts_shown.connect(fresh.outdate)
        bus.plan_shown.connect(fresh.outdate)
        bus.searched.connect(self._search)
        bus.selected.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        # The names take what room is left, but never less than can be read; then the table scrolls.
        if event.type() is QEvent.Type.Resize:
            others = sum(self.table.columnWidth(column) for column in _WIDTHS if column != ACCOUNT)
            self.table.setColumnWidth(ACCOUNT, max(self.table.viewport().width() - others, _NAME_MIN_PX))
        return super().eventFilter(watched, event)

    def _load(self) -> None:
        desk = self._context.desk
        self.model.show(rows_of(desk.accounts.values(), desk.deals, desk.plan))
        doubtful = self.model.doubtful
        self.doubtful.setText(f"Places to check {doubtful:,}")
        self.doubtful.setVisible(doubtful > 0 or self.doubtful.isChecked())
        self._tell()

    def _search(self, text: str) -> None:
        self.model.filter_text(text)
        self._tell()

    def _filter_doubtful(self, on: bool) -> None:
        self.model.filter_doubtful(on)
        self._tell()

    def _tell(self) -> None:
        shown, total = self.model.shown, self.model.total
        self.count.setText(f"{len(shown):,} of {total:,}" if self.model.filtered else count(total, "account"))
        self._follow(self._context.desk.selected)
        self._context.bus.filtered.emit({account.id for account in shown} if self.model.filtered else None)

    def _follow(self, account_id: int | None) -> None:
        row = self.model.row_of(account_id) if account_id is not None else -1
        if row < 0:
            self.table.clearSelection()
            self.table.selectionModel().clearCurrentIndex()
        elif row != self.table.currentIndex().row():
            self.table.setCurrentIndex(self.model.index(row, ACCOUNT))
            self.table.scrollTo(self.model.index(row, ACCOUNT))

    def _picked(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._context.desk.select(current.data(ACCOUNT_ROLE).id)


class AccountsDelegate(QStyledItemDelegate):
    """Names in bold, quiet words quiet, and a plain mark before a place that wants a look."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        if index.column() == ACCOUNT:
            option.font = font(bold=True)
        elif index.column() == PLACED:
            option.text = f"     {option.text}"

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        if index.column() == PLACED:
            paint_mark(painter, self._theme, index.data(ACCOUNT_ROLE), QPointF(option.rect.left() + 14, option.rect.center().y() + 0.5))


def paint_mark(painter: QPainter, theme: Theme, account: Account, at: QPointF) -> None:
    """A full dot for a sure place, a ring for a doubtful one, a cross for none: told by shape as well as by colour."""
    colours = theme.colours
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if account.place is None:
        painter.setPen(QPen(QColor(colours.bad), 2))
        painter.drawLine(at + QPointF(-3.5, -3.5), at + QPointF(3.5, 3.5))
        painter.drawLine(at + QPointF(-3.5, 3.5), at + QPointF(3.5, -3.5))
    elif account.match_doubtful:
        painter.setPen(QPen(QColor(colours.support), 2))
        painter.drawEllipse(at, 3.5, 3.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.good))
        painter.drawEllipse(at, 4, 4)
    painter.restore()
