"""The visits of an account in the details, the newest first."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from planner.model.tracking import Visit
from ui.safety.read_only import WHY
from ui.visits.commands import VisitCommands
from ui.visits.words import next_words, outcome_words, when_words
from ui.widgets.parts import button, gap, label, separator
from ui.words import number

MOST_SHOWN = 8


def visit_lines(visits: Sequence[Visit], commands: VisitCommands) -> Iterator[QWidget]:
    """What came of each visit, its note, what is next with a box to tick, and the buttons to write to them, to change it or take it out."""
    if visits:
        yield gap()
        yield label(f"VISITS · {number(len(visits))}", "heading")
    for place, visit in enumerate(visits[:MOST_SHOWN]):
        if place:
            yield separator()
        yield label(outcome_words(visit), wrap=True)
        yield label(when_words(visit), "small", wrap=True)
        if visit.note:
            yield label(visit.note, wrap=True, selectable=True)
        if visit.met:
            yield label(f"Met {', '.join(visit.met)}", "small", wrap=True)
        if visit.stage_after:
            yield label(f"Stage: {visit.stage_before or 'not known'} → {visit.stage_after}", "small", wrap=True)
        if visit.next_step:
            yield _next_step(visit, commands)
        yield _buttons(visit, commands)
    if len(visits) > MOST_SHOWN:
        yield label(f"and {number(len(visits) - MOST_SHOWN)} more", "small")


def _buttons(visit: Visit, commands: VisitCommands) -> QWidget:
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(2)
    mail = button("Mail draft…", "link", lambda: commands.draft_mail(visit))
    mail.setAccessibleName(f"Mail draft after the visit of {when_words(visit)}")
    across.addWidget(mail)
    for text, run in (("Change…", lambda: commands.change(visit)), ("Delete", lambda: commands.take_out(visit))):
        made = button(text, "link", run)
        made.setAccessibleName(f"{text.rstrip('…')} the visit of {when_words(visit)}")
        if commands.read_only:
            made.setEnabled(False)
            made.setToolTip(WHY)
        across.addWidget(made)
    across.addStretch(1)
    return row


def _next_step(visit: Visit, commands: VisitCommands) -> QWidget:
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 2, 0, 0)
    across.setSpacing(6)
    box = QCheckBox()
    box.setChecked(visit.next_done)
    box.setToolTip("Done" if visit.next_done else "Tick it when it is done")
    box.setAccessibleName(f"Next step: {next_words(visit)}")
    box.setEnabled(not commands.read_only)
    box.clicked.connect(lambda done: commands.tick(visit, done=done))
    across.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(label(next_words(visit), "quiet" if visit.next_done else "", wrap=True), 1)
    return row
