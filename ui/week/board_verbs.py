"""The week of the board in memory, or two, to be asked at once and changed off the GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from planner.errors import PlanProblem, UserProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.week import LeftOut, Lock, Stop, WeekPlan
from planner.usecases.drive_times import missing_drive_times
from planner.usecases.edits import Answer, Board, Refused, insert, lock
from planner.usecases.week import load_week
from planner.usecases.week_conflicts import Conflict, conflicts_of
from planner.usecases.weeks_board import edit_weeks, open_weeks, weeks_of
from planner.usecases.workspace import Workspace
from planner.values import Struct
from ui.context import AppContext
from ui.errors import show_error
from ui.safety.read_only import WHY
from ui.week.board import WeekBoard
from ui.week.board_layout import Card
from ui.week.board_try import Tries, key_on
from ui.week.verbs import Verb, add, edit_of, on_working_days, words_of
from ui.workers import Job

MOST_AT_ONCE = 1500
"""With so many accounts at most every one may be put in at once; of more, only the one that is picked up."""
PLANNING = "The week is being planned. Change it when that is done."
NOT_READY = "The week is still being laid out. Try again in a moment."


class Laid(Struct, frozen=True):
    """A board, the plan of its first week as it is kept, and what does not hold."""

    board: Board
    plan: WeekPlan
    conflicts: tuple[Conflict, ...]


class BoardVerbs(QObject):
    """Opens the plan on show off the GUI thread, makes changes to it one after another, and says why one cannot be.

    `opened` tells that the board can be asked, `found` what in it does not hold: a tuple of `Conflict`.
    """

    opened = Signal()
    found = Signal(object)

    def __init__(self, context: AppContext, view: WeekBoard) -> None:
        super().__init__(view)
        self._context, self._view = context, view
        self._laid: Laid | None = None
        self._opening: Job | None = None
        self._problem = ""  # why the week cannot be opened
        self._planning = self._own = False
        self.two_weeks = False
        view.asked.connect(self.do)
        bus = context.bus
        bus.plan_shown.connect(self._follow_plan)
        bus.accounts_shown.connect(self._follow_accounts)
        bus.planning.connect(self._follow_planning)
        bus.changed.connect(self._follow_change)

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """The weeks that are on the board: the one looked at, and the next one where two are wanted."""
        week = self._context.desk.week
        return (week, week.plus(1)) if self.two_weeks else (week,)

    @property
    def working(self) -> tuple[int, ...]:
        """The weekdays she works on, 0 = Monday."""
        return self._context.desk.settings.weekdays("working_days")

    def show_weeks(self, *, two: bool) -> None:
        """Open the next week beside the one looked at, or that one alone."""
        if two != self.two_weeks:
            self.two_weeks, self._laid = two, None
            self._open()

    @property
    def board(self) -> Board | None:
        """The week in memory; None while it is being opened or planned."""
        return self._laid.board if self._laid else None

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What in the week in memory does not hold."""
        return self._laid.conflicts if self._laid else ()

    def whole(self, plan: WeekPlan) -> WeekPlan | None:
        """All days of the board, where it is opened on this plan."""
        return self._laid.board.plan if self._laid and self._laid.plan.days == plan.days else None

    def tries(self, key: str, account_id: int | None) -> Tries | None:
        """The questions of a drag; None, said in words, where the visit cannot be moved now."""
        board = self.board
        if self._context.workspace.read_only:
            self.refuse("", WHY)
        elif self._planning:
            self.refuse("", PLANNING)
        elif board is None:
            self.refuse("", self._problem or NOT_READY)
        elif (known := key_on(board, key, account_id)) is not None:
            return Tries(board, known, self._context.desk.units, self.working)
        else:
            self.refuse("", _why_never(board, account_id))
        return None

    def prepare(self, key: str, account_id: int | None) -> None:
        """Get ready to put in an account that is not planned, where the board does not have it yet."""
        board = self.board
        if board is not None and account_id is not None and key_on(board, key, account_id) is None:
            self._laid = None
            self._open(account_id)

    def do(self, verb: Verb, card: Card) -> None:
        """Make a change to a card."""
        if card.key:
            self.commit(edit_of(verb, card.key), card.title)

    def hold(self, stop: Stop, how: Lock) -> None:
        """Hold a planned visit fast, or let go of it."""
        self.commit(lambda board: lock(board, stop.block or stop.key, how), stop.title)

    def add(self, left: LeftOut, day: int | None = None) -> None:
        """Put an account that is left out into the week, or into a day of it, where it takes least."""
        working = self.working

        def edit(board: Board) -> Answer:
            key = key_on(board, left.key, left.account_id)
            if key is None:
                return Refused(_why_never(board, left.account_id))
            return add(board, key, working) if day is None else insert(board, key, day)

        self.commit(edit, left.title, left.account_id)

    def commit(self, edit: Callable[[Board], Answer], title: str, account: int | None = None) -> None:
        """Make a change to the week and keep it; one that breaks a rule is refused in words. `account` is who is put in, if anyone."""
        context, weeks, working = self._context, self.weeks, self.working
        if context.workspace.read_only or self._planning:
            self.refuse(title, WHY if context.workspace.read_only else PLANNING)
            return

        def work(_job: object) -> tuple[Laid, Changes]:
            board = self.board
            is_there = board is not None and (account is None or key_on(board, "", account) is not None)
            if board is None or weeks_of(board.plan) != weeks or not is_there:
                board = open_weeks(context.workspace, weeks, account=account or 0)
            after, changes = edit_weeks(context.workspace, board, lambda board: on_working_days(board, edit(board), working))
            return _laid_out(context.workspace, after), changes

        def failed(error: BaseException) -> None:
            if isinstance(error, PlanProblem):
                self.refuse(title, error.what)
            else:
                show_error(error, self._view.window())

        context.runner.run(work, self._done, failed, lane="data")

    def refuse(self, title: str, text: str) -> None:
        """Say why something cannot be, beside the marked card and in the status bar."""
        self._view.tell(title, text)
        self._context.bus.told.emit(text)

    def fill_menu(self, menu: QMenu, card: Card) -> None:
        """Put what can be done to a card into its menu."""
        if not card.key:
            return
        menu.addSeparator()
        for verb in Verb:
            action = menu.addAction(f"{words_of(verb, card)}\t{verb.value}", lambda verb=verb: self.do(verb, card))
            if self._context.workspace.read_only:
                action.setEnabled(False)
                action.setToolTip(WHY)

    def _done(self, answer: tuple[Laid, Changes]) -> None:
        laid, changes = answer
        desk, bus = self._context.desk, self._context.bus
        if self._opening is not None:
            self._opening.supersede()
        if weeks_of(laid.board.plan) == self.weeks:
            self._laid = laid
            if changes.plans:
                desk.show_plan(laid.plan, routed=False)
                self.opened.emit()
                if self._view.current is not None:
                    self._view.day_picked.emit(self._view.current.day)
                self.found.emit(laid.conflicts)
        if changes.plans:
            self._own = True
            bus.changed.emit(changes)
            self._own = False
        bus.told.emit(changes.label)

    def _follow_plan(self, plan: WeekPlan | None) -> None:
        if plan is None:
            self._laid = None
        elif self._laid is None or self._laid.plan != plan:
            self._laid = None
            self._open()

    def _follow_accounts(self, _accounts: object) -> None:
        if self._laid is None:
            self._open()

    def _follow_planning(self, planning: bool) -> None:
        self._planning = planning
        if planning:
            self._laid = None
        else:
            self._open()

    def _follow_change(self, changes: Changes) -> None:
        if self._own:
            return
        if changes.plans or changes.accounts or changes.settings or changes.packs:
            self._laid = None
            # Where the plan or the pack is another one, the desk shows the plan anew.
            if not (changes.plans or changes.packs):
                self._open()

    def _open(self, account: int | None = None) -> None:
        desk, workspace = self._context.desk, self._context.workspace
        plan, weeks, some = desk.plan, self.weeks, len(desk.accounts) <= MOST_AT_ONCE
        if plan is None or self._planning or workspace.read_only or not desk.loaded:  # the accounts come first at the start
            return

        def work(job: Job) -> Laid | UserProblem:
            everyone = account is None and some and not missing_drive_times(workspace)
            try:
                return _laid_out(workspace, open_weeks(workspace, weeks, job.report, account=None if everyone else account or 0))
            except UserProblem as problem:  # no roads, or a plan that does not hold any more: told to who picks a visit up
                return problem

        self._opening = self._context.runner.run(
            work, self._show, lambda error: show_error(error, self._view.window()), lane="board", latest=True, background=account is None
        )

    def _show(self, answer: Laid | UserProblem) -> None:
        desk = self._context.desk
        self._problem = str(answer) if isinstance(answer, UserProblem) else ""
        if isinstance(answer, UserProblem) or weeks_of(answer.board.plan) != self.weeks:
            return
        self._laid = answer
        if desk.plan is None or desk.plan.days != answer.plan.days:  # someone else has changed it: what is kept is shown
            desk.show_plan(answer.plan)
        self.opened.emit()
        self.found.emit(answer.conflicts)


def _laid_out(workspace: Workspace, board: Board) -> Laid:
    kept = load_week(workspace, board.plan.week)
    assert kept is not None, "a board is opened on a plan that is kept"
    return Laid(board, kept, conflicts_of(board))


def _why_never(board: Board, account_id: int | None) -> str:
    left = next((left for left in board.plan.left_out if account_id is not None and left.account_id == account_id), None)
    why = f" {left.text.rstrip('.')}." if left and left.text else ""
    return f"It cannot be visited that week.{why}"
