"""What came of an import: counts, how addresses were placed, and every problem with its file and line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from planner.model.places import MatchQuality
from planner.usecases.import_accounts import ImportOutcome
from ui.widgets.parts import label, pair, separator
from ui.words import QUALITIES, count


class ImportResult(QDialog):
    """Shown after an import; closing it changes nothing."""

    def __init__(self, outcome: ImportOutcome, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import")
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(6)
        layout.addWidget(label(outcome.changes.label, "title", wrap=True))
        layout.addWidget(label(summary(outcome), wrap=True))
        for note in outcome.notes:
            layout.addWidget(label(note, "quiet", wrap=True))
        layout.addSpacing(8)
        layout.addWidget(label("PLACED ON THE MAP", "heading"))
        for quality in MatchQuality:
            if number := outcome.placed.get(quality.value, 0):
                layout.addWidget(pair(QUALITIES[quality], f"{number:,}"))
                layout.addWidget(separator())
        layout.addWidget(pair("Not placed", f"{len(outcome.unplaced):,}", right_role="bad" if outcome.unplaced else ""))
        if outcome.unplaced and not outcome.placed:
            layout.addWidget(
                label("No road pack knows these addresses yet. Build one of your area, and they are placed by themselves.", wrap=True)
            )
        wants = problem_lines(outcome)
        if wants:
            layout.addSpacing(8)
            layout.addWidget(label(f"TO LOOK AT · {len(wants):,}", "heading"))
            shown = QListWidget()
            shown.setAccessibleName("What to look at")
            shown.setWordWrap(True)
            shown.addItems(wants)
            shown.setMinimumHeight(160)
            layout.addWidget(shown, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        layout.addSpacing(6)
        layout.addWidget(buttons)


def summary(outcome: ImportOutcome) -> str:
    """What was read, in one line."""
    parts = [f"{count(outcome.added, 'account')} added", f"{outcome.changed:,} changed", f"{outcome.unchanged:,} as before"]
    for number, noun in ((outcome.opportunities, "deal"), (outcome.reps, "rep"), (outcome.events, "appointment")):
        if number:
            parts.append(count(number, noun))
    return " · ".join(parts)


def problem_lines(outcome: ImportOutcome) -> list[str]:
    """Problems of the files, then possible duplicates, then addresses that were not found."""
    lines = [f"{each.file}, line {each.row}: {each.text}" if each.row else f"{each.file}: {each.text}" for each in outcome.problems]
    lines += [f"Possibly the same: {first} and {second} ({why})" for first, second, why in outcome.duplicates]
    # When none was placed there is no road pack of the area, and a line for each would say the same.
    lines += (
        []
        if not outcome.placed
        else [f"Not placed: {each.name}, {each.address.one_line}. {each.match_note}".strip() for each in outcome.unplaced]
    )
    return lines
