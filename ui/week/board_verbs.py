"""The week of the board in memory, to be asked at once and changed off the GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from planner.errors import PlanProblem, UserProblem
from planner.model.changes import Changes
from planner.model.week import LeftOut, WeekPlan
from planner.usecases.board import edit_week, open_board
from planner.usecases.drive_times import missing_drive_times
from planner.usecases.edits import Answer, Board, Refused
from ui.context import AppContext
from ui.errors import show_error
from ui.safety.read_only import WHY
from ui.week.board import WeekBoard
from ui.week.board_layout import Card
from ui.week.board_try import Tries, key_on
from ui.week.verbs import Verb, add, edit_of, words_of
from ui.workers import Job

MOST_AT_ONCE = 1500
"""With so many accounts at most every one may be put in at once; of more, only the one that is picked up."""
PLANNING = "The week is being planned. Change it when that is done."
NOT_READY = "The week is still being laid out. Try again in a moment."


class BoardVerbs(QObject):
    """Opens the plan on show off the GUI thread, makes changes to it one after another, and says why one cannot be.

    `opened` tells that the board can be asked.
    """

    opened = Signal()

    def __init__(self, context: AppContext, view: WeekBoard) -> None:
        super().__init__(view)
        self._context, self._view = context, view
        self._board: Board | None = None
        self._opening: Job | None = None
        self._problem = ""  # why the week cannot be opened
        self._planning = self._own = False
        view.asked.connect(self.do)
        bus = context.bus
        bus.plan_shown.connect(self._follow_plan)
        bus.planning.connect(self._follow_planning)
        bus.changed.connect(self._follow_change)

    @property
    def board(self) -> Board | None:
        """The week in memory; None while it is being opened or planned."""
        return self._board

    def tries(self, key: str, account_id: int | None) -> Tries | None:
        """The questions of a drag; None, said in words, where the visit cannot be moved now."""
        board = self._board
        if self._context.workspace.read_only:
            self.refuse("", WHY)
        elif self._planning:
            self.refuse("", PLANNING)
        elif board is None:
            self.refuse("", self._problem or NOT_READY)
        elif (known := key_on(board, key, account_id)) is not None:
            return Tries(board, known, self._context.desk.units)
        else:
            self.refuse("", _why_never(board, account_id))
        return None

    def prepare(self, key: str, account_id: int | None) -> None:
        """Get ready to put in an account that is not planned, where the board does not have it yet."""
        board = self._board
        if board is not None and account_id is not None and key_on(board, key, account_id) is None:
            self._board = None
            self._open(account_id)

    def do(self, verb: Verb, card: Card) -> None:
        """Make a change to a card."""
        if card.key:
            self.commit(edit_of(verb, card.key), card.title)

    def add(self, left: LeftOut) -> None:
        """Put an account that is left out into the week, where it takes least."""

        def edit(board: Board) -> Answer:
            key = key_on(board, left.key, left.account_id)
            return Refused(_why_never(board, left.account_id)) if key is None else add(board, key)

        self.commit(edit, left.title, left.account_id)

    def commit(self, edit: Callable[[Board], Answer], title: str, account: int | None = None) -> None:
        """Make a change to the week and keep it; one that breaks a rule is refused in words. `account` is who is put in, if anyone."""
        context, week = self._context, self._context.desk.week
        if context.workspace.read_only or self._planning:
            self.refuse(title, WHY if context.workspace.read_only else PLANNING)
            return

        def work(_job: object) -> tuple[Board, Changes]:
            board = self._board
            is_there = board is not None and (account is None or key_on(board, "", account) is not None)
            if board is None or board.plan.week != week or not is_there:
                board = open_board(context.workspace, week, account=account or 0)
            return edit_week(context.workspace, board, edit)

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

    def _done(self, answer: tuple[Board, Changes]) -> None:
        board, changes = answer
        desk, bus = self._context.desk, self._context.bus
        if self._opening is not None:
            self._opening.supersede()
        if board.plan.week == desk.week:
            self._board = board
            if changes.plans:
                desk.show_plan(board.plan, routed=False)
                if self._view.current is not None:
                    desk.show_day(self._view.current.day)
        if changes.plans:
            self._own = True
            bus.changed.emit(changes)
            self._own = False
        bus.told.emit(changes.label)

    def _follow_plan(self, plan: WeekPlan | None) -> None:
        if plan is None:
            self._board = None
        elif self._board is None or self._board.plan != plan:
            self._board = None
            self._open()

    def _follow_planning(self, planning: bool) -> None:
        self._planning = planning
        if planning:
            self._board = None
        else:
            self._open()

    def _follow_change(self, changes: Changes) -> None:
        if self._own:
            return
        if changes.plans or changes.accounts or changes.settings or changes.packs:
            self._board = None
            # Where the plan or the pack is another one, the desk shows the plan anew.
            if not (changes.plans or changes.packs):
                self._open()

    def _open(self, account: int | None = None) -> None:
        desk, workspace = self._context.desk, self._context.workspace
        plan, week, some = desk.plan, desk.week, len(desk.accounts) <= MOST_AT_ONCE
        if plan is None or self._planning or workspace.read_only:
            return

        def work(job: Job) -> Board | UserProblem:
            everyone = account is None and some and not missing_drive_times(workspace)
            try:
                return open_board(workspace, week, job.report, account=None if everyone else account or 0)
            except UserProblem as problem:  # no roads, or a plan that does not hold any more: told to who picks a visit up
                return problem

        self._opening = self._context.runner.run(
            work, self._show, lambda error: show_error(error, self._view.window()), lane="board", latest=True
        )

    def _show(self, board: Board | UserProblem) -> None:
        desk = self._context.desk
        self._problem = str(board) if isinstance(board, UserProblem) else ""
        if isinstance(board, UserProblem) or board.plan.week != desk.week:
            return
        self._board = board
        if desk.plan is None or desk.plan.days != board.plan.days:  # someone else has changed it: what is kept is shown
            desk.show_plan(board.plan)
        self.opened.emit()


def _why_never(board: Board, account_id: int | None) -> str:
    left = next((left for left in board.plan.left_out if account_id is not None and left.account_id == account_id), None)
    why = f" {left.text.rstrip('.')}." if left and left.text else ""
    return f"It cannot be visited that week.{why}"
