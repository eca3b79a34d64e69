"""What is done to accounts from menus and from the map: each is one step that can be undone, and says in the status bar what came of it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from planner.errors import PlanProblem
from planner.model.accounts import Account
from planner.model.changes import Changes
from planner.model.places import LatLon
from ui.context import AppContext
from ui.errors import show_error
from ui.week.board_verbs import PLANNING
from ui.words import number
from ui.workers import Job

if TYPE_CHECKING:  # what few starts need is imported when it is asked for
    from planner.usecases.add_to_week import Added


class AccountDeeds(QObject):
    """One method a deed. Long ones show their progress in the status bar and can be cancelled there."""

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._planning = False
        context.bus.planning.connect(self._follow_planning)

    @property
    def read_only(self) -> bool:
        """Whether this window only shows the data."""
        return self._context.workspace.read_only

    def add_to_week(self, account_ids: Sequence[int], day: int | None = None) -> None:
        """Put accounts into the week on show where they take least, on one of its days or any."""
        from planner.usecases.add_to_week import add_to_week

        context, week = self._context, self._context.desk.week
        if self._planning:
            context.bus.told.emit(PLANNING)
            return

        def done(added: "Added") -> None:
            context.bus.changed.emit(added.changes)
            context.bus.told.emit(_added_words(added))

        self._run(lambda job: add_to_week(context.workspace, week, account_ids, day, job.report), done, "Adding to the week")

    def assign(self, account_ids: Sequence[int], owner: str) -> None:
        """Give accounts to a rep."""
        from planner.usecases.edit_accounts import AccountEdit, edit_accounts

        self._write(lambda job: edit_accounts(self._context.workspace, account_ids, AccountEdit({"owner": owner}), job.report), "Assigning")

    def tag(self, account_ids: Sequence[int], tag: str) -> None:
        """Give accounts a tag beside those they have."""
        from planner.usecases.edit_accounts import AccountEdit, edit_accounts

        self._write(lambda job: edit_accounts(self._context.workspace, account_ids, AccountEdit(add_tags=(tag,)), job.report), "Tagging")

    def never_visit(self, account: Account, *, never: bool) -> None:
        """Keep an account out of every plan from now on, or no longer."""
        from planner.usecases.edit_accounts import edit_account

        typed = {"do_not_visit": "yes" if never else "no"}
        self._write(lambda _job: edit_account(self._context.workspace, account.id, typed), "")

    def start_here(self, point: LatLon, name: str = "") -> None:
        """Let the day on show start from a point; without a name it is called by what is there."""
        from planner.usecases.reach import called
        from planner.usecases.start_here import start_here

        context, week, day = self._context, self._context.desk.week, self._context.desk.day
        if self._planning:
            context.bus.told.emit(PLANNING)
            return

        def work(job: Job) -> Changes:
            return start_here(context.workspace, week, day, called(context.workspace, point, name), job.report)

        self._write(work, "Starting elsewhere")

    def _follow_planning(self, planning: bool) -> None:
        self._planning = planning

    def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard."""
        QGuiApplication.clipboard().setText(text)
        self._context.bus.told.emit(f"Copied {what}: {text}")

    def _write(self, work: Callable[[Job], Changes], label: str) -> None:
        def done(changes: Changes) -> None:
            self._context.bus.changed.emit(changes)
            self._context.bus.told.emit(f"{changes.label}. Ctrl+Z takes that back.")

        self._run(work, done, label)

    def _run(self, work: Callable[[Job], object], done: Callable[..., None], label: str) -> None:
        self._context.runner.run(work, done, self._fail, label=label, lane="data")

    def _fail(self, error: BaseException) -> None:
        """A rule of the plan that does not allow it is told where it does not interrupt; everything else in a dialog."""
        if isinstance(error, PlanProblem):
            self._context.bus.told.emit(str(error))
        else:
            show_error(error, self._window.window())


def _added_words(added: "Added") -> str:
    said = f"{added.changes.label}. Ctrl+Z takes that back."
    if not added.refused:
        return said
    first, why = next(iter(added.refused.items()))
    refused = len(added.refused)
    return f"{said} {number(refused)} {'does' if refused == 1 else 'do'} not fit, such as {first}: {why}"
