"""All pairs merged as proposed, after each of them was named."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.progress import Report
from planner.usecases.merge import Duplicate, merge_accounts
from planner.usecases.workspace import Workspace
from ui.widgets.parts import button, label, separator
from ui.words import count


class MergeAll(QDialog):
    """Lists what would be merged into what; runs something when its button is pressed. Cancel has the focus."""

    def __init__(self, pairs: Sequence[Duplicate], run: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Merge all as proposed")
        self.resize(640, 520)
        self.accepted.connect(run)
        inside = QWidget()
        inside.setObjectName("scrolled")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 10, 0)
        lines.setSpacing(4)
        for pair in pairs:
            for line in (*_pair_lines(pair), separator()):
                lines.addWidget(line)
        lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName("What would be merged")
        self.yes = button(f"Merge {count(len(pairs), 'pair')}", "primary", self.accept)
        no = button("Cancel", "", self.reject)
        no.setAutoDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.yes)
        row.addWidget(no)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(label(f"Merge {count(len(pairs), 'pair')} as proposed?", "title"))
        layout.addWidget(label("Deals, visits, contacts and services come along. Each merge is one step that Undo takes back.", wrap=True))
        layout.addWidget(scroll, 1)
        layout.addLayout(row)
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
