"""The last step: what came of the import, how its addresses were placed, and what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.model.places import MatchQuality
from planner.usecases.import_accounts import ImportOutcome
from ui.imports.words import KIND_NAMES, counts_words
from ui.widgets.parts import button, clear, gap, label, pair, separator
from ui.widgets.scrolled import Scrolled
from ui.words import QUALITIES, count, number

_WIDEST_PX = 640
_ROUGH = frozenset({MatchQuality.ZIP, MatchQuality.CITY})


class DoneStep(QWidget):
    """Shows an outcome; `wanted` carries the id of the action to go on with, `save_wanted` asks for the list of problems as a file."""

    wanted = Signal(str)
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.duplicates = button("", "", lambda: self.wanted.emit("duplicates"))
        self.places = button("", "", lambda: self.wanted.emit("check-places"))
        self.roads = button("Get the map of your area…", "", lambda: self.wanted.emit("footprint"))
        self.undo = button("Undo this import", "", lambda: self.wanted.emit("undo"))
        self.undo.setToolTip("Take all of it back; it can be done again with Redo")
        self.save = button("", "", self.save_wanted.emit)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setMaximumWidth(_WIDEST_PX)
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(6)
        around = QWidget()
        across = QHBoxLayout(around)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(inside, 1)
        scroll = Scrolled(around, "What came of the import", across=True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for each in (self.roads, self.duplicates, self.places, self.save, self.undo):
            row.addWidget(each)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(scroll, 1)
        layout.addLayout(row)

    def show_outcome(self, outcome: ImportOutcome, actions: frozenset[str]) -> None:
        """Show what came of an import; only buttons whose actions there are."""
        clear(self._lines)
        for widget in _lines(outcome):
            self._lines.addWidget(widget)
        self._lines.addStretch(1)
        doubtful = places_to_check(outcome)
        self.duplicates.setText(f"Look at {count(len(outcome.duplicates), 'possible duplicate')}")
        self.places.setText(f"Check {count(doubtful, 'place')}")
        self.save.setText(f"Save {count(len(outcome.problems), 'problem')}…")
        self.duplicates.setVisible("duplicates" in actions and bool(outcome.duplicates))
        self.places.setVisible("check-places" in actions and doubtful > 0 and is_placed_by_address(outcome))
        self.roads.setVisible("footprint" in actions and not is_placed_by_address(outcome))
        self.save.setVisible(bool(outcome.problems))
        self.undo.setVisible("undo" in actions)

    def count_places(self, places: int) -> None:
        """Say how many places there are to check in all: this import's and those from before, as the list that opens has them."""
        self.places.setText(f"Check {count(places, 'place')}")
        self.places.setVisible(not self.places.isHidden() and places > 0)


def places_to_check(outcome: ImportOutcome) -> int:
    """How many of the imported accounts have no place, or only that of their ZIP area or town."""
    return len(outcome.unplaced) + sum(outcome.placed.get(quality.value, 0) for quality in _ROUGH)


def is_placed_by_address(outcome: ImportOutcome) -> bool:
    """Whether any account was placed better than by its ZIP or town, or none was read; else there is no road pack of the area."""
    read = bool(outcome.placed or outcome.unplaced)
    return not read or any(placed and MatchQuality(quality) not in _ROUGH for quality, placed in outcome.placed.items())


def _lines(outcome: ImportOutcome) -> list[QWidget]:
    lines: list[QWidget] = [label("Imported", "title"), label(outcome.changes.label, "quiet", wrap=True), gap(8)]
    for kind, counts in outcome.counts.items():
        lines += [pair(KIND_NAMES[kind], counts_words(kind, counts)), separator()]
    lines += [label(note, "quiet", wrap=True) for note in outcome.notes]
    if outcome.office:
        lines.append(label(f"Your office is now {outcome.office}, as the calendar says.", "quiet", wrap=True))
    if outcome.placed or outcome.unplaced:
        lines += [gap(10), label("PLACED ON THE MAP", "heading")]
        for quality in MatchQuality:
            if placed := outcome.placed.get(quality.value, 0):
                lines += [pair(QUALITIES[quality], number(placed)), separator()]
        lines.append(pair("Not placed", number(len(outcome.unplaced)), right_role="bad" if outcome.unplaced else ""))
    if not is_placed_by_address(outcome):
        lines.append(
            label(
                "No map on this laptop knows these addresses yet. Get the one of your area, and they are placed exactly, by themselves.",
                "quiet",
                wrap=True,
            )
        )
    return lines
