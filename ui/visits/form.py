"""The form of a visit: filled from a sheet, read back as a visit."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.accounts import Opportunity, VisitOutcome
from planner.model.tracking import SupportKind, Visit
from planner.model.week import VisitKind
from planner.usecases.log_visit import STAGES
from planner.values import replace
from ui.style import Theme
from ui.visits.choice_button import ChoiceButton
from ui.visits.fields import Choice, DayField, FacesField, NextDay, NoteEdit, PeopleField, line_edit
from ui.visits.sheet import Sheet
from ui.visits.words import OUTCOMES, names_in, seconds_of, support_words
from ui.widgets.parts import label
from ui.words import KINDS, clock

_STAYS = "As it is"


class OutcomeRow(QWidget):
    """The first row: five big buttons with a key each."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.touched = False
        self.buttons = {outcome: ChoiceButton(theme, text, key) for outcome, text, key in OUTCOMES}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for outcome, each in self.buttons.items():
            self._group.addButton(each)
            layout.addWidget(each)
            each.clicked.connect(lambda _checked=False, outcome=outcome: self.choose(outcome))
        self.buttons[VisitOutcome.MET].setChecked(True)

    @property
    def outcome(self) -> VisitOutcome:
        """The outcome chosen."""
        return next((outcome for outcome, each in self.buttons.items() if each.isChecked()), VisitOutcome.MET)

    def show_outcome(self, outcome: VisitOutcome) -> None:
        """Choose an outcome, unless the user has chosen one already."""
        if not self.touched:
            self.buttons[outcome].setChecked(True)

    def choose(self, outcome: VisitOutcome) -> None:
        """Choose an outcome as the user does."""
        self.touched = True
        self.buttons[outcome].setChecked(True)
        self.chosen.emit(outcome)


class VisitForm(QWidget):
    """All there is to say of a visit. What is typed before the sheet arrives stays."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._sheet: Sheet | None = None
        self.outcomes = OutcomeRow(theme)
        self.note = NoteEdit()
        self.next_step = line_edit("Next step", "What is to be done next")
        self.next_day = NextDay()
        self.day = DayField("Day of the visit")
        self.time = line_edit("When it began", "9:00")
        self.minutes = line_edit("How many minutes it took")
        self.kind, self.support, self.rep = Choice("What it was for"), Choice("How the rep was helped"), Choice("Rep")
        self.deal, self.stage = Choice("Deal"), Choice("Stage of the deal")
        self.people = PeopleField()
        self.topics = line_edit("Topics", "What was coached or talked about, with commas between")
        self.faces = FacesField(theme)
        self.problems = {name: label("", "bad", wrap=True) for name in ("next", "when", "help", "deal")}
        self._lay_out()
        self.day.dateChanged.connect(lambda _day: self.next_day.begin_at(self.day.day or self._visit.day))
        self.kind.currentIndexChanged.connect(lambda _index: self._follow_kind())
        self.deal.currentIndexChanged.connect(lambda _index: self._follow_deal())
        self._before: tuple[object, ...] = ()

    @property
    def _visit(self) -> Visit:
        assert self._sheet is not None
        return self._sheet.visit

    @property
    def is_filled(self) -> bool:
        """Whether the sheet has arrived."""
        return self._sheet is not None

    @property
    def is_changed(self) -> bool:
        """Whether anything is not as it was filled in."""
        if self._sheet is None:
            return self.outcomes.touched or bool(self.note.toPlainText().strip())
        return self._state() != self._before

    def fill(self, sheet: Sheet) -> None:
        """Show a visit and what can be chosen from."""
        visit, typed = sheet.visit, self.note.toPlainText()
        chosen = self.outcomes.outcome if self.outcomes.touched else None
        self._sheet = sheet
        self.outcomes.buttons[visit.outcome].setChecked(True)
        self.note.setPlainText(visit.note)
        self.day.show_day(visit.day)
        self.next_day.begin_at(visit.day)
        self.next_step.setText(visit.next_step)
        self.next_day.field.show_day(visit.next_day)
        self.time.setText("" if visit.start_s is None else clock(visit.start_s))
        self.minutes.setText("" if visit.minutes is None else str(visit.minutes))
        self._offer(sheet)
        self.people.fill(sheet.contacts, visit.met)
        self.topics.setText(", ".join(visit.topics))
        self.faces.show_face(visit.sentiment)
        self._before = self._state()
        if chosen is not None:
            self.outcomes.buttons[chosen].setChecked(True)
        if typed:
            self.note.setPlainText(typed)

    def read(self) -> Visit:
        """The visit as it is typed; raises UserProblem when the time cannot be read."""
        try:
            start = seconds_of(self.time.text())
        except ValueError:
            text = self.time.text().strip()
            raise UserProblem(f"The time “{text}” cannot be read.", remedy="Write it as 14:30 or 2:30 pm.") from None
        kept = self._visit
        if kept.start_s is not None and start is not None and clock(kept.start_s) == clock(start):
            start = kept.start_s  # what was not changed stays to the second, also past midnight
        kind = VisitKind(self.kind.value)
        return replace(
            kept,
            outcome=self.outcomes.outcome,
            note=self.note.toPlainText().strip(),
            day=self.day.day or kept.day,
            start_s=start,
            minutes=int(self.minutes.text()) if self.minutes.text() else None,
            kind=kind,
            support=SupportKind(self.support.value) if kind is VisitKind.SUPPORT and self.support.value else None,
            rep=self.rep.value,
            met=self.people.names,
            topics=names_in(self.topics.text()),
            sentiment=self.faces.chosen,
            deal=self.deal.value,
            stage_after=self.stage.value if self.deal.value else "",
            next_step=self.next_step.text().strip(),
            next_day=self.next_day.field.day,
        )

    def show_problem(self, place: str, text: str) -> QLabel:
        """Tell a problem beside the field it is of; returns the line that tells it."""
        for name, line in self.problems.items():
            line.setText(text if name == place else "")
            line.setVisible(bool(text) and name == place)
        return self.problems[place]

    def _state(self) -> tuple[object, ...]:
        lines = (self.note.toPlainText(), self.next_step.text(), self.time.text(), self.topics.text())
        choices = (self.kind.value, self.support.value, self.rep.value, self.deal.value, self.stage.value)
        days = (self.day.day, self.next_day.field.day, self.minutes.text())
        return (self.outcomes.outcome, *lines, *choices, *days, self.people.names, self.faces.chosen)

    def _offer(self, sheet: Sheet) -> None:
        visit = sheet.visit
        self.kind.offer([(kind.value, words) for kind, words in KINDS.items()], visit.kind.value)
        helps = [("", "Not with a rep"), *((each.value, support_words(each)) for each in SupportKind)]
        self.support.offer(helps, visit.support.value if visit.support else "")
        self.rep.offer([("", "No rep"), *((name, name) for name in sheet.reps)], visit.rep)
        deals = [(deal.crm_id, deal.name.removeprefix(sheet.title).strip(" -–·") or deal.name) for deal in sheet.deals]
        self.deal.offer([("", "No deal" if deals else "No open deal"), *deals], visit.deal)
        self.deal.setEnabled(bool(deals))

    def _follow_kind(self) -> None:
        is_support = self.kind.value == VisitKind.SUPPORT.value
        self.support.setEnabled(is_support)
        if is_support and not self.support.value:
            self.support.setCurrentIndex(self.support.findData(SupportKind.JOINT_CALL.value))

    def _follow_deal(self) -> None:
        deal = next((deal for deal in self._sheet.deals if deal.crm_id == self.deal.value), None) if self._sheet else None
        self.stage.setEnabled(deal is not None)
        after = self._visit.stage_after if deal is not None and deal.crm_id == self._visit.deal else ""
        self.stage.offer([("", f"{_STAYS}: {deal.stage}" if deal else _STAYS), *_stages(deal, after)], after)

    def _lay_out(self) -> None:
        self.minutes.setValidator(QIntValidator(0, 24 * 60, self))
        self.minutes.setFixedWidth(58)
        self.time.setFixedWidth(82)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows = (
            ("Next step", self.next_step, ""),
            ("By", self.next_day, "next"),
            ("When", _row(self.day, label("at", "quiet"), self.time, label("for", "quiet"), self.minutes, label("min", "quiet")), "when"),
            ("For", _row(self.kind, self.support, label("with", "quiet"), self.rep, stretch=False), "help"),
            ("Deal", _row(self.deal, label("now", "quiet"), self.stage, stretch=False), "deal"),
            ("People there", self.people, ""),
            ("Topics", self.topics, ""),
            ("How it went", self.faces, ""),
        )
        row = 0
        for text, field, problem in rows:
            grid.addWidget(label(text, "quiet"), row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, row, 1)
            row += 1
            if problem:
                self.problems[problem].hide()
                grid.addWidget(self.problems[problem], row, 1)
                row += 1
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 10, 0)
        layout.setSpacing(10)
        layout.addWidget(self.note)
        layout.addLayout(grid)
        layout.addStretch(1)


def _stages(deal: Opportunity | None, after: str) -> list[tuple[str, str]]:
    if deal is None:
        return []
    names = dict.fromkeys((*STAGES, after)) if after else dict.fromkeys(STAGES)
    return [(name, name) for name in names if name != deal.stage or name == after]


def _row(*widgets: QWidget, stretch: bool = True) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget, int(not stretch and isinstance(widget, Choice)))
    if stretch:
        layout.addStretch(1)
    return holder
