"""Everything that was done, the newest first, and the way back to any of it."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from planner.model.journal import EntryState, JournalEntry
from planner.usecases.undo import list_steps
from ui.context import AppContext
from ui.dialogs.confirm import Confirm
from ui.errors import show_error
from ui.history.words import count_lines, problem_lines, state_words, sum_words, when, when_px
from ui.icons import icon
from ui.undo import MOST_STEPS, UndoCommands
from ui.visits.sheet import wall_clock
from ui.widgets.parts import EmptyState, button, clear, label, pair, separator
from ui.widgets.text_table import TextTableModel, text_table
from ui.words import count, number

MOST_NAMED = 6
_HEADERS = ("When", "What", "What came of it", "Who", "State")
_CAME_OF_IT, _STATE = 2, 4


class HistoryDialog(QDialog):
    """Follows every change while it is open; undone steps are greyed and say so."""

    def __init__(self, context: AppContext, commands: UndoCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("History")
        self.resize(940, 600)
        self._context = context
        self._commands = commands
        self.entries: list[JournalEntry] = []
        self.title = label("", "title")
        self.model = TextTableModel(_HEADERS, context.theme, self)
        self.table = text_table(self.model, "What was done", (when_px(), 0, 330, 90, 110))
        self.table.selectionModel().currentRowChanged.connect(self._picked)
        self.nothing = EmptyState(
            "Nothing was done yet", "Every change you make is listed here, from imports to visits, and each can be undone from here."
        )
        self.nothing.set_icon(icon("history", context.theme.colours.accent))
        self.nothing.hide()
        self.aside = QFrame()
        self._aside = QVBoxLayout(self.aside)
        self._aside.setContentsMargins(0, 4, 0, 4)
        self._aside.setSpacing(4)
        self.turn = button("Undo back to here…", "", self._turn)
        close = button("Close", "", self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label("Each is one step: what was undone can be redone until something else is done.", "small"))
        row.addStretch(1)
        row.addWidget(self.turn)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.aside)
        layout.addLayout(row)
        self._picked()
        context.bus.changed.connect(self._load)
        context.bus.pack_shown.connect(self._load)
        self._load()

    def _load(self, _news: object = None) -> None:
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: list_steps(workspace, MOST_STEPS), self._show, self._fail, lane="history", latest=True)

    def _fail(self, error: BaseException) -> None:
        show_error(error, self)

    def _show(self, entries: list[JournalEntry]) -> None:
        chosen = self._chosen()
        self.entries = entries
        now = wall_clock(self._context.desk.settings)
        rows = [(when(each.at, now), each.label, sum_words(each), each.who, state_words(each.state)) for each in entries]
        quiet = frozenset(row for row, each in enumerate(entries) if each.state is not EntryState.DONE)
        self.model.show(rows, quiet)
        for column in (_CAME_OF_IT, _STATE):
            self.table.setColumnHidden(column, not any(row[column] for row in rows))
        some = f"The newest {number(MOST_STEPS)} steps" if len(entries) == MOST_STEPS else count(len(entries), "step")
        self.title.setText(some if entries else "History")
        self.table.setVisible(bool(entries))
        self.nothing.setVisible(not entries)
        at = next((row for row, each in enumerate(entries) if chosen is not None and each.id == chosen.id), 0)
        if entries:
            self.table.setCurrentIndex(self.model.index(at, 0))
        self._picked()

    def _chosen(self) -> JournalEntry | None:
        row = self.table.currentIndex().row()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def _picked(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        entry = self._chosen()
        undone = entry is not None and entry.state is EntryState.UNDONE
        self.turn.setText("Redo up to here…" if undone else "Undo back to here…")
        self.turn.setEnabled(entry is not None and entry.state is not EntryState.DROPPED)
        clear(self._aside)
        for line in _details(entry) if entry else ():
            self._aside.addWidget(line)
        self.aside.setVisible(self._aside.count() > 0)

    def _turn(self) -> None:
        entry = self._chosen()
        if entry is None:
            return
        undone = entry.state is EntryState.UNDONE
        steps = steps_to(self.entries, entry)
        verb, run = ("Redo", self._commands.redo_up_to) if undone else ("Undo", self._commands.undo_back_to)
        title = f"{verb} “{entry.label}”?" if len(steps) == 1 else f"{verb} {count(len(steps), 'step')}?"
        text = "\n".join(each.label for each in steps[:MOST_NAMED])
        if len(steps) > MOST_NAMED:
            text += f"\nand {number(len(steps) - MOST_NAMED)} more"
        back = "Each can be undone again." if undone else "Each can be redone until something else is done."
        Confirm(title, f"{text}\n\n{back}", f"{verb} {count(len(steps), 'step')}", lambda: run(entry.id), self).open()


def steps_to(entries: list[JournalEntry], chosen: JournalEntry) -> list[JournalEntry]:
    """The steps that are turned to come to the chosen one, in the order in which that is done: those after it, or those before it."""
    if chosen.state is EntryState.UNDONE:
        return [each for each in reversed(entries) if each.state is EntryState.UNDONE and each.id <= chosen.id]
    return [each for each in entries if each.state is EntryState.DONE and each.id >= chosen.id]


def _details(entry: JournalEntry) -> list[QWidget]:
    """What is known of an import: its counts, and its problems in a list to read."""
    lines: list[QWidget] = []
    for name, text in count_lines(entry):
        lines += [pair(name, text), separator()]
    problems = problem_lines(entry)
    if problems:
        shown = QListWidget()
        shown.setAccessibleName("Problems of this import")
        shown.setWordWrap(True)
        shown.addItems(problems)
        shown.setFixedHeight(min(26 * len(problems) + 6, 132))
        lines += [label(f"PROBLEMS · {number(len(problems))}", "heading"), shown]
    return lines
