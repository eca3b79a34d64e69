"""Time with a rep: the best three times of this week and the next, and the one chosen put into the week."""

from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.usecases.propose_help import HelpProposal, HelpSlot, Together, add_help, propose_help
from ui.context import AppContext
from ui.dialogs.frame import button_row, column_of
from ui.errors import show_error
from ui.team.words import TOGETHER, slot_lines
from ui.trips.commands import TripCommands
from ui.visits.fields import Choice
from ui.visits.sheet import wall_clock
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, clear, label, set_role

WIDTH = 580
_LOOKING = "Looking for times at which you are both free…"


class ProposeDialog(QDialog):
    """Looks anew for each kind of time; the week is changed only by “Add to the week”, as one step."""

    def __init__(self, context: AppContext, rep: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._rep = context, rep
        self._commands = TripCommands(context, self)
        self.proposal: HelpProposal | None = None
        self.what = Choice("What for")
        self.what.offer([(what.value, words) for what, words in TOGETHER.items()], Together.HALF_DAY.value)
        self.told = label(_LOOKING, "quiet", wrap=True)
        self.times = QButtonGroup(self)
        self._slots = QVBoxLayout()
        self._slots.setSpacing(10)
        self.add = button("Add to the week", "primary", self._add)
        column = column_of(self, f"Time with {rep}", window_title="Time with a rep")
        column.addWidget(self.what)
        column.addWidget(self.told)
        column.addLayout(self._slots)
        column.addLayout(button_row(self.add, button("Cancel", "", self.reject)))
        self.what.currentIndexChanged.connect(lambda _index: self._look())
        self.add.setEnabled(False)
        self._look()

    @property
    def chosen(self) -> HelpSlot | None:
        """The time that is chosen."""
        number = self.times.checkedId()
        return self.proposal.slots[number] if self.proposal and 0 <= number < len(self.proposal.slots) else None

    def _look(self) -> None:
        workspace, rep, what = self._context.workspace, self._rep, Together(self.what.value)
        today = wall_clock(self._context.desk.settings).date()
        self._show_slots(None)
        self._tell(_LOOKING, "quiet")
        self._context.runner.run(
            lambda job: propose_help(workspace, rep, what, today, job.report),
            self._show,
            self._refused,
            label="Looking for times together",
            lane="propose help",
            latest=True,
        )

    def _show(self, proposal: HelpProposal) -> None:
        self._show_slots(proposal)
        if proposal.slots:
            self._tell("You are both free then, and the accounts are open. Nothing is changed before you add one.", "quiet")
        else:
            self._tell(f"No time fits. {proposal.why_none}", "support")

    def _show_slots(self, proposal: HelpProposal | None) -> None:
        self.proposal = proposal
        for each in self.times.buttons():
            self.times.removeButton(each)
        clear(self._slots)
        for number, slot in enumerate(proposal.slots if proposal else ()):
            made = self._slot(number, slot)
            self._slots.addWidget(made)
            made.show()  # its height counts at once
        first = self.times.button(0)
        if first is not None:
            first.setChecked(True)
        self.add.setEnabled(first is not None and not self._commands.read_only)

    def _slot(self, number: int, slot: HelpSlot) -> QWidget:
        when, *more = slot_lines(slot)
        choice = QRadioButton(when)
        choice.setAccessibleDescription(". ".join(more))
        self.times.addButton(choice, number)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(choice)
        for text in more:
            line = label(text, "quiet", wrap=True)
            line.setContentsMargins(24, 0, 0, 0)
            column.addWidget(line)
        return holder

    def _tell(self, text: str, role: str) -> None:
        self.told.setText(text)
        set_role(self.told, role)
        fit_height(self, WIDTH)

    def _add(self) -> None:
        slot = self.chosen
        if slot is not None:
            self.add.setEnabled(False)
            workspace = self._context.workspace
            job = self._commands.run(lambda: (slot, add_help(workspace, slot)), _added, self._refused)
            job.done.connect(self.accept)

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._tell(str(error), "bad")
        else:
            show_error(error, self)


def _added(slot: HelpSlot) -> str:
    return f"Added: {slot_lines(slot)[0]} with {slot.rep}. Ctrl+Z takes it back."
