"""The views of the accounts in a menu: those that are always there, those that are saved, and what can be done with them."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from planner.model.account_views import AccountView
from planner.usecases.account_views import EVERYONE, built_in_views, delete_view, list_views, rename_view, save_view
from ui.accounts.filter_words import shortened
from ui.accounts.name_dialog import NameDialog
from ui.context import AppContext
from ui.errors import show_error
from ui.safety.read_only import WHY
from ui.words import number


class ViewsButton(QPushButton):
    """`chosen` carries the view to look by. `now` says what is looked at, `left` how many accounts a view leaves."""

    chosen = Signal(object)

    def __init__(self, context: AppContext, now: Callable[[], AccountView], left: Callable[[AccountView], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._now, self._left = context, now, left
        self.saved: Sequence[AccountView] = ()
        self.view = EVERYONE
        self.menu_ = QMenu(self)
        self.menu_.setToolTipsVisible(True)
        self.menu_.aboutToShow.connect(self._fill)
        self.setMenu(self.menu_)
        self.setAutoDefault(False)
        self.setToolTip("Filters, columns, order and groups under one name")
        self.show_view(EVERYONE)
        context.bus.changed.connect(lambda _changes: self.load())
        context.bus.pack_shown.connect(lambda _pack: self.load())  # the sample territory has views of its own

    def load(self) -> None:
        """Look up what is saved."""
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: list_views(workspace), self._take, self._fail, lane="account views", latest=True)

    def show_view(self, view: AccountView) -> None:
        """Name the view that is looked by."""
        self.view = view
        self.setText(f"{shortened(view.name, 26)}  ▾".replace("&", "&&"))
        self.setAccessibleName(f"View: {view.name}")

    def views(self) -> tuple[AccountView, ...]:
        """All views, those that are always there first."""
        return (EVERYONE, *built_in_views(date.today()), *self.saved)  # noqa: DTZ011 - her own calendar day

    def _take(self, views: Sequence[AccountView]) -> None:
        known = {view.name for view in self.saved}
        self.saved = views
        names = {view.name for view in views}
        if self.view.name in known - names:  # renamed, deleted or undone
            self.show_view(EVERYONE)

    def _fill(self) -> None:
        self.menu_.clear()
        for view in self.views():
            if self.saved and view is self.saved[0]:
                self.menu_.addSeparator()
            is_built_in = view is not EVERYONE and view not in self.saved
            text = view.name.replace("&", "&&")
            action = self.menu_.addAction(f"{text}\t{number(self._left(view))}" if is_built_in else text)
            action.setCheckable(True)
            action.setChecked(view.name == self.view.name)
            action.triggered.connect(lambda _checked=False, view=view: self.chosen.emit(view))
        self.menu_.addSeparator()
        is_saved = any(view.name == self.view.name for view in self.saved)
        name = shortened(self.view.name, 30).replace("&", "&&")
        writes = [self.menu_.addAction("Save as a view…", self.save_as)]
        if is_saved:
            writes += [
                self.menu_.addAction(f"Save changes to “{name}”", self._save_changes),
                self.menu_.addAction(f"Rename “{name}”…", self._rename),
                self.menu_.addAction(f"Delete “{name}”", self._delete),
            ]
        if self._context.workspace.read_only:
            for action in writes:
                _off(action)

    def save_as(self) -> None:
        """Ask for a name, and save what is looked at under it."""
        view, workspace = self._now(), self._context.workspace

        def named(name: str) -> AccountView:
            return AccountView(" ".join(name.split()), view.conditions, view.columns, view.sort, view.descending, view.group)

        dialog = NameDialog(self._context, "Save as a view", "", lambda name: save_view(workspace, named(name)), self.window())
        dialog.accepted.connect(lambda: self.show_view(named(dialog.name.text())))
        dialog.open()

    def _save_changes(self) -> None:
        workspace, now, name = self._context.workspace, self._now(), self.view.name
        view = AccountView(name, now.conditions, now.columns, now.sort, now.descending, now.group)
        self._context.runner.run(lambda _job: save_view(workspace, view), self._context.bus.changed.emit, self._fail, lane="data")
        self.show_view(view)

    def _rename(self) -> None:
        workspace, view = self._context.workspace, self.view

        def renamed() -> None:
            name = " ".join(dialog.name.text().split())
            self.show_view(AccountView(name, view.conditions, view.columns, view.sort, view.descending, view.group))

        dialog = NameDialog(
            self._context, "Rename the view", view.name, lambda name: rename_view(workspace, view.name, name), self.window()
        )
        dialog.accepted.connect(renamed)
        dialog.open()

    def _delete(self) -> None:
        """Forget the view; no question is asked, as undo brings it back."""
        workspace, name = self._context.workspace, self.view.name
        self._context.runner.run(lambda _job: delete_view(workspace, name), self._context.bus.changed.emit, self._fail, lane="data")
        self._context.bus.told.emit(f"Deleted the view “{name}”. Ctrl+Z brings it back.")

    def _fail(self, error: BaseException) -> None:
        show_error(error, self.window())


def _off(action: QAction) -> None:
    action.setEnabled(False)
    action.setToolTip(WHY)
