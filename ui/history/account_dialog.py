"""The history of one account: who changed what, when, from what to what."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from planner.model.accounts import Account
from planner.model.journal import FieldChange
from planner.usecases.undo import account_history
from ui.context import AppContext
from ui.errors import show_error
from ui.history.words import history_rows, when_px
from ui.visits.sheet import wall_clock
from ui.widgets.parts import label
from ui.widgets.text_table import TextTableModel, text_table
from ui.words import count

_HEADERS = ("When", "Who", "Step", "What", "Before", "After")


class AccountHistory(QDialog):
    """Follows every change while it is open."""

    def __init__(self, context: AppContext, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("History of an account")
        self.resize(980, 560)
        self._context = context
        self._account_id = account.id
        self.count = label("", "quiet")
        self.model = TextTableModel(_HEADERS, context.theme, self)
        self.table = text_table(self.model, f"History of {account.name}", (when_px(), 84, 190, 150, 0, 0))
        self.table.setWordWrap(True)
        self.table.setStyleSheet("QTableView::item { padding: 5px 8px; }")  # lines of two rows do not touch
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(6)
        layout.addWidget(label(account.name, "title", wrap=True, selectable=True))
        layout.addWidget(self.count)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        context.bus.changed.connect(self._load)
        self._load()

    def _load(self, _news: object = None) -> None:
        workspace, account_id = self._context.workspace, self._account_id
        self._context.runner.run(
            lambda _job: account_history(workspace, account_id), self._show, self._fail, lane="account history", latest=True
        )

    def _show(self, changes: list[FieldChange]) -> None:
        self.count.setText(count(len(changes), "change") if changes else "Nothing was changed since it came in.")
        self.model.show(history_rows(changes, wall_clock(self._context.desk.settings)))
        self.table.resizeRowsToContents()

    def _fail(self, error: BaseException) -> None:
        show_error(error, self)
