"""The lower panel of the Accounts page: the filter, its count, the table, and what can be done to several accounts."""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from planner.model.account_views import AccountView, Condition
from planner.usecases.account_views import EVERYONE
from ui.accounts.delegate import AccountsDelegate
from ui.accounts.filter_bar import FilterBar
from ui.accounts.layout import ColumnLayout, sort_order
from ui.accounts.loading import AccountsLoader
from ui.accounts.menus import fill_arrange_menu, fill_cell_menu, fill_header_menu
from ui.accounts.model import ACCOUNT_ROLE, AccountsModel
from ui.accounts.selection_bar import SelectionBar
from ui.accounts.table import AccountsTable
from ui.accounts.verbs import AccountVerbs
from ui.accounts.views_menu import ViewsButton
from ui.context import AppContext
from ui.style import scaled
from ui.widgets.filter_field import FilterField
from ui.widgets.parts import EmptyState, button, label
from ui.words import count, number

ROOMY_PX = 860
"""From this width on every button of the panel has its place."""
READY = "columns of accounts"
"""The lane of what makes columns ready to be sorted and grouped by."""


class AccountsPanel(QFrame):
    """Follows accounts, plan, search and selection, and tells the map which accounts are left after the filter.

    `menu_wanted` carries the account whose menu is asked for, by the right button or the menu key, and where on the screen;
    `fill_menu` adds what the list can do to it. `opened` carries the account that was double-clicked, `fitted` those that the map is to
    bring into sight.
    """

    menu_wanted = Signal(int, QPoint)
    opened = Signal(int)
    fitted = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None, *, add: QAction | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("under")
        self._context = context
        self._chosen: list[int] = []
        self.model = AccountsModel(self)
        self.table = AccountsTable(self.model)
        self.table.setItemDelegate(AccountsDelegate(context.theme, self.table, self.model))
        self.layout_ = ColumnLayout(self.table, self.model, context.workspace.home)
        context.theme.changed.connect(self.layout_.fit)
        sort, descending, group = self.layout_.remembered_order()
        self.model.arrange((), sort, group, descending=descending)
        self.verbs = AccountVerbs(context, self)
        self.count = label("", "week")
        self.search = FilterField("Filter the accounts by name or street")
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(230)
        self.filters = FilterBar()
        self.views = ViewsButton(context, self.view_now, self._left_by, self)
        self.fit = button("Show on map", "link", self._fit_map)
        self.fit.setToolTip("Bring all accounts that are left by the filter into sight")
        self.add = button("+ Account", "", add.trigger if add is not None else None)
        self.add.setAccessibleName("Add an account")
        self.add.setVisible(add is not None)
        if add is not None:
            add.changed.connect(lambda: self._follow_action(add))
            self._follow_action(add)
        self.columns = button("Columns", "", self.ask_columns)
        self.columns.setToolTip("Choose the columns and their order")
        self.arrange = button("Arrange  ▾")
        self.arrange.setToolTip("Sort and group by any column")
        self.empty = EmptyState(
            "No account matches", "Nothing is left by the filter.", button("Clear the filter", "primary", self.clear_filter)
        )
        self.bar = SelectionBar(read_only=self.read_only)
        self._below = QStackedWidget()
        self._assemble()
        self._connect()
        self._loader = AccountsLoader(context, self, lambda: ("name", self.model.sort_key, self.model.group_key, *self.layout_.keys))
        self._loader.loaded.connect(self._show)

    def _assemble(self) -> None:
        self._below.addWidget(self.table)
        self._below.addWidget(self.empty)
        menu = QMenu(self.arrange)
        menu.aboutToShow.connect(lambda: fill_arrange_menu(self, menu))
        self.arrange.setMenu(menu)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 6)
        bar.setSpacing(8)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.filters, 1)
        for widget in (self.count, self.fit, self.add, self.columns, self.arrange, self.views):
            bar.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._below, 1)
        layout.addWidget(self.bar)

    def _connect(self) -> None:
        header = self.table.horizontalHeader()
        self._mark_sorted()
        self.table.setSortingEnabled(True)
        header.sortIndicatorChanged.connect(lambda *_: self._keep_order())
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_header_menu)
        self.model.modelReset.connect(self._restore)
        choice = self.table.selectionModel()
        choice.currentRowChanged.connect(self._picked)
        choice.selectionChanged.connect(lambda *_: self._follow_choice())
        self.table.menu_wanted.connect(self.menu_wanted)
        self.table.opened.connect(self.opened)
        self.table.copy_wanted.connect(lambda: self.do("copy"))
        self.filters.changed.connect(self.filter_by)
        self.filters.asked.connect(self._ask_about)
        self.views.chosen.connect(self.show_view)
        self.layout_.changed.connect(lambda: self._when_ready(self.layout_.keys, lambda: None))
        self.bar.asked.connect(self.do)
        self.bar.cleared.connect(lambda: self.table.go_to(max(self.table.currentIndex().row(), 0)))
        bus = self._context.bus
        self.search.asked.connect(bus.searched)
        bus.searched.connect(self._search)
        bus.selected.connect(self._follow)
        bus.narrowed.connect(self._narrow)

    @property
    def read_only(self) -> bool:
        """Whether this window only shows the data."""
        return self._context.workspace.read_only

    # What is shown

    def _show(self, accounts: Any) -> None:
        place = self.table.verticalScrollBar().value()
        self.model.show(accounts)
        self.layout_.fit()
        self.table.verticalScrollBar().setValue(place)
        self._tell()

    def _search(self, text: str) -> None:
        self.search.follow(text)
        self.model.filter_text(text)
        self._tell()

    def _narrow(self, account_ids: AbstractSet[int] | None) -> None:
        self.model.keep_to(account_ids)
        self._tell()

    def filter_by(self, conditions: Iterable[Condition]) -> None:
        """Show only accounts for which all conditions hold."""
        self.model.filter_by(conditions)
        if not self.model.conditions and self.views.view is not EVERYONE and not self.views.view.columns:
            self.views.show_view(EVERYONE)
        self._tell()

    def add_condition(self, condition: Condition) -> None:
        """Let one more condition hold."""
        self.filter_by((*(each for each in self.model.conditions if each != condition), condition))

    def clear_filter(self) -> None:
        """Show all accounts again."""
        self._context.bus.searched.emit("")
        self.filter_by(())
        self._context.bus.narrowed.emit(None)
        self.table.setFocus()

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Sort by a column, on show or not."""

        def sort() -> None:
            self.model.arrange(self.model.conditions, key, self.model.group_key, descending=descending)
            self._keep_order()

        self._when_ready((key,), sort)

    def group_by(self, key: str) -> None:
        """Put the accounts into groups by a column, or into none for an empty key."""

        def group() -> None:
            self.model.group_by(key)
            self._keep_order()

        self._when_ready((key,), group)

    def _when_ready(self, keys: tuple[str, ...], run: Callable[[], None]) -> None:
        """Do something once the list can be sorted and grouped by these columns, which is worked out off the GUI thread."""
        accounts = self.model.list
        if accounts.is_ready(keys):
            run()
        else:
            self._context.runner.run(lambda _job: accounts.get_ready(keys), lambda _none: run(), lane=READY, latest=True)

    def hide_column(self, key: str) -> None:
        """Take a column off the list."""
        self.layout_.show(each for each in self.layout_.keys if each != key)

    def view_now(self) -> AccountView:
        """How the accounts are looked at now."""
        model = self.model
        return AccountView("", model.conditions, self.layout_.keys, model.sort_key, model.descending, model.group_key)

    def show_view(self, view: AccountView) -> None:
        """Look at the accounts by a view."""

        def show() -> None:
            self.model.arrange(view.conditions, view.sort, view.group, descending=view.descending)
            self._keep_order()
            self._tell()

        if view.columns:
            self.layout_.show(view.columns)
        self.views.show_view(view)
        self._when_ready((view.sort, view.group), show)

    def _left_by(self, view: AccountView) -> int:
        return len(self.model.list.found((), view.conditions, date.today()))  # noqa: DTZ011 - her own calendar day

    def _keep_order(self) -> None:
        self.layout_.keep_order(self.model.sort_key, self.model.group_key, descending=self.model.descending)

    def _mark_sorted(self) -> None:
        """Show in the header what is sorted by, without sorting again."""
        header = self.table.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(self.model.section_of(self.model.sort_key), sort_order(descending=self.model.descending))
        header.blockSignals(False)

    def _tell(self) -> None:
        model = self.model
        self.count.setText(f"{number(model.left)} of {number(model.total)}" if model.filtered else count(model.total, "account"))
        self.fit.setVisible(model.filtered and bool(model.left))
        self.filters.show_conditions(model.conditions, model.list.columns)
        self._below.setCurrentWidget(self.empty if model.total and not model.left else self.table)
        self._context.bus.filtered.emit({account.id for account in model.shown} if model.filtered else None)

    def _follow_action(self, add: QAction) -> None:
        self.add.setEnabled(add.isEnabled())
        self.add.setToolTip(add.toolTip())

    def _fit_map(self) -> None:
        self.fitted.emit({account.id for account in self.model.shown})

    # What is selected

    def _restore(self) -> None:
        """After other lines: the columns in their places, and chosen what was chosen."""
        self.layout_.refresh()
        self._mark_sorted()
        line = self.model.row_of(self._context.desk.selected)
        if len(self._chosen) > 1 and self.table.choose(self._chosen):
            if line >= 0:
                self.table.go_to(line, choose=False)
        elif line >= 0:
            self.table.go_to(line)
        else:
            self._follow_choice()

    def _follow(self, account_id: int | None) -> None:
        group = self.model.group_of(account_id) if account_id is not None and self.model.groups else None
        if group is not None and self.model.is_collapsed(group):
            self.model.fold([group.title], collapsed=False)
        line = self.model.row_of(account_id)
        if line < 0:
            self.table.clearSelection()
            self.table.selectionModel().clearCurrentIndex()
        elif line != self.table.currentIndex().row():
            self.table.go_to(line)

    def _picked(self, current: QModelIndex, _previous: QModelIndex) -> None:
        account = current.data(ACCOUNT_ROLE) if current.isValid() else None
        if account is not None:
            self._context.desk.select(account.id)
        self.table.viewport().update()  # the bar at the current line moves along

    def _follow_choice(self) -> None:
        self._chosen = self.table.chosen
        self.bar.show_chosen(self._chosen)

    # What is done

    def do(self, deed: str) -> None:
        """Do something to the accounts that are chosen; when none is, what only reads is done to all that are shown."""
        ids, model = self.table.chosen, self.model
        keys = set(ids)
        rows = [row for row in model.shown_rows if row.account.id in keys] if ids else model.shown_rows
        columns = [column for key in self.layout_.keys if (column := model.list.columns.get(key)) is not None]
        if deed == "copy":
            self.verbs.copy(rows, columns)
        elif deed == "export":
            self.verbs.export(rows, columns)
        elif deed == "week":
            self.verbs.add_to_week(ids)
        else:
            self.verbs.edit(ids, model.columns, deed)

    def fill_menu(self, menu: QMenu) -> None:
        """Add to the menu of an account what the list can do to the cell the cursor is in, and to all that are chosen."""
        fill_cell_menu(self, menu)

    def _open_header_menu(self, at: QPoint) -> None:
        header = self.table.horizontalHeader()
        section = header.logicalIndexAt(at)
        if section >= 0:
            menu = QMenu(self)
            fill_header_menu(self, menu, self.model.columns[section])
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(header.mapToGlobal(at))

    def ask_columns(self) -> None:
        """Choose the columns."""
        from ui.accounts.columns_dialog import ColumnsDialog

        dialog = ColumnsDialog(self.model.columns, self.layout_.keys, self.window())
        dialog.chosen.connect(self.layout_.show)
        dialog.open()

    def ask_filter(self, key: str = "") -> None:
        """Ask for one more condition, by a column if one is given."""
        from ui.accounts.filter_form import FilterForm

        form = FilterForm(self.model.list, self.model.conditions, self.add_condition, parent=self.window())
        if key:
            form.column.setCurrentIndex(max(form.column.findData(key), 0))
        form.open()

    def _ask_about(self, number: int) -> None:
        """Ask for a condition, in place of the one with this number."""
        from ui.accounts.filter_form import FilterForm

        conditions = self.model.conditions
        if not 0 <= number < len(conditions):
            self.ask_filter()
            return
        others = (*conditions[:number], *conditions[number + 1 :])
        FilterForm(
            self.model.list,
            others,
            lambda new: self.filter_by((*conditions[:number], new, *conditions[number + 1 :])),
            conditions[number],
            self.window(),
        ).open()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.columns.setVisible(self.width() >= scaled(ROOMY_PX))  # the menu beside it has them too

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._loader.come_into_sight()
