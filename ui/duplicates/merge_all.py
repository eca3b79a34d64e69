"""All pairs merged as proposed, after each of them was named."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from planner.errors import UserProblem
from planner.progress import Report
from planner.usecases.merge import Duplicate, merge_accounts
from planner.usecases.workspace import Workspace
from ui.dialogs.frame import button_row, column_of
from ui.widgets.parts import button, label, separator
from ui.widgets.scrolled import ScrolledLines
from ui.words import count


class MergeAll(QDialog):
    """Lists what would be merged into what; runs something when its button is pressed. Cancel has the focus."""

    def __init__(self, pairs: Sequence[Duplicate], run: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resize(640, 520)
        self.accepted.connect(run)
        scroll = ScrolledLines("What would be merged", (0, 0, 10, 0), 4, across=True)
        for pair in pairs:
            for line in (*_pair_lines(pair), separator()):
                scroll.lines.addWidget(line)
        scroll.lines.addStretch(1)
        self.yes = button(f"Merge {count(len(pairs), 'pair')}", "primary", self.accept)
        no = button("Cancel", "calm", self.reject)
        no.setAutoDefault(True)
        column = column_of(self, f"Merge {count(len(pairs), 'pair')} as proposed?", window_title="Merge all as proposed")
        column.addWidget(label("Deals, visits, contacts and services come along. Each merge is one step that Undo takes back.", wrap=True))
        column.addWidget(scroll, 1)
        column.addLayout(button_row(self.yes, no))
        no.setFocus()


def _pair_lines(pair: Duplicate) -> tuple[QWidget, QWidget]:
    first, second = pair.first, pair.second
    names = first.name if first.name == second.name else f"{second.name} goes into {first.name}"
    addresses = " · ".join(dict.fromkeys(part for part in (second.address.one_line, first.address.one_line) if part))
    return label(names, "week", wrap=True), label(" · ".join(part for part in (addresses, pair.why) if part), "small", wrap=True)


def merge_all(workspace: Workspace, pairs: Sequence[Duplicate], report: Report) -> tuple[int, list[str]]:
    """Merge pairs as proposed, each as one step; returns how many, and the problems of those that could not be.

    What is merged when `report` raises Cancelled stays merged.
    """
    merged, problems = 0, []
    for number, pair in enumerate(pairs):
        report(number / len(pairs), f"Merging {pair.second.name}")
        try:
            merge_accounts(workspace, pair.first.id, pair.second.id)
            merged += 1
        except UserProblem as problem:
            problems.append(f"{pair.second.name}: {problem}")
    return merged, problems
