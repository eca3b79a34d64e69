"""The form of a recurring duty: when it comes back and where it is, with its next days and what it falls upon shown as it is typed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from planner.errors import UserProblem
from planner.model.calendar import CalendarEvent
from planner.model.changes import Changes
from planner.model.rhythm import Rhythm, Unit
from planner.usecases.duties import LONGEST_MINUTES, LONGEST_TITLE
from planner.usecases.duty_drafts import OFFICE, DutyDraft, DutyPreview, keep_duty, preview_duty
from planner.values import replace
from ui.context import AppContext
from ui.duties.rhythm_field import RhythmField
from ui.duties.words import clash_lines, is_office, next_words, rhythm_words
from ui.trips.commands import TripCommands
from ui.trips.small_form import SmallForm
from ui.visits.fields import Choice, DayField
from ui.visits.words import seconds_of
from ui.widgets.fitting import fit_height
from ui.widgets.parts import label
from ui.words import clock

WIDTH = 620
PAUSE_MS = 150
"""Typing that goes on is not looked at yet."""
_PHONE, _OFFICE, _ADDRESS = "phone", "office", "address"
_PLACES = ((_PHONE, "By phone, wherever you are"), (_OFFICE, "At the office"), (_ADDRESS, "At an address"))
_NOBODY = "Nobody of the team"
_UNNAMED = "New duty"
"""What it is called until it has a title, which is missed only when it is to be saved."""


class DutyForm(SmallForm):
    """A new duty, or one that is changed; its draft is what was typed."""

    def __init__(
        self, commands: TripCommands, context: AppContext, draft: DutyDraft, reps: list[str], today: date, parent: QWidget
    ) -> None:
        super().__init__(commands, "Change the duty" if draft.uid else "Add a recurring duty", "", parent)
        self.setMinimumWidth(WIDTH)
        self._context, self._uid, self._today = context, draft.uid, today
        self.name, self.rep, self.rhythm = QLineEdit(draft.title), Choice("With"), RhythmField()
        self.name.setMaxLength(LONGEST_TITLE)
        self.name.setAccessibleName("Title")
        self.name.setPlaceholderText("Staff meeting")
        self.rep.offer([("", _NOBODY), *((name, name) for name in reps)], draft.rep)
        self.first, self.until = DayField("First day"), DayField("Last day", none="No end")
        self.time, self.minutes = QLineEdit(), QLineEdit()
        self.time.setAccessibleName("Begins at")
        self.time.setPlaceholderText(clock(9 * 3600))
        self.time.setFixedWidth(96)
        self.minutes.setValidator(QIntValidator(0, LONGEST_MINUTES, self))
        self.minutes.setAccessibleName("Takes, in minutes")
        self.minutes.setFixedWidth(58)
        self.place, self.address = Choice("Where"), QLineEdit()
        self.place.offer(_PLACES, _PHONE if not draft.location else _OFFICE if is_office(draft.location) else _ADDRESS)
        self.address.setPlaceholderText("500 E College Ave, State College, PA 16801")
        self.address.setAccessibleName("Address")
        self.holidays = QCheckBox("Not on public holidays")
        self.said = label("", wrap=True)
        self.coming = label("", "quiet", wrap=True)
        self.clashes = label("", "support", wrap=True)
        self._show(draft)
        for text, row in (
            ("Title", self.name),
            ("With", self.rep),
            ("Comes back", self.rhythm),
            ("From", _across(self.first, label("until", "quiet"), self.until)),
            ("At", _across(self.time, label("for", "quiet"), self.minutes, label("min", "quiet"))),
            ("Where", _across(self.place, self.address)),
            ("", self.holidays),
        ):
            self.form.addRow(text, row)
        for line in (self.said, self.coming, self.clashes):
            self.form.addRow(line)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._preview)
        for changed in (
            self.name.textChanged,
            self.rep.currentIndexChanged,
            self.rhythm.changed,
            self.first.dateChanged,
            self.until.dateChanged,
            self.time.textChanged,
            self.minutes.textChanged,
            self.place.currentIndexChanged,
            self.address.textChanged,
            self.holidays.toggled,
        ):
            changed.connect(self._follow)
        self._follow()
        self.name.setFocus()

    @property
    def draft(self) -> DutyDraft:
        """The duty as it is typed; raises UserProblem for a time that cannot be read."""
        first, typed = self.first.day or self._today, self.time.text().strip()
        try:
            start_s = seconds_of(typed)
        except ValueError:
            raise UserProblem(f"“{typed}” is not a time of day.", remedy=f"Write it as {clock(14 * 3600 + 1800)}.") from None
        if start_s is None:
            raise UserProblem("It is not said when the duty begins.", remedy=f"Write it as {clock(14 * 3600 + 1800)}.")
        where = {_PHONE: "", _OFFICE: OFFICE}.get(self.place.value, self.address.text().strip())
        return DutyDraft(
            title=self.name.text().strip(),
            first=first,
            start_s=start_s,
            minutes=int(self.minutes.text() or 0),
            rhythm=self.rhythm.rhythm(first, self.until.day),
            rep=self.rep.value,
            location=where,
            skip_holidays=self.holidays.isChecked(),
            uid=self._uid,
        )

    def verb(self) -> Callable[[], tuple[Any, Changes]]:
        workspace, draft, today = self._context.workspace, self.draft, self._today
        if self.place.value == _ADDRESS and not draft.location:
            raise UserProblem("The duty has no address.", remedy="Type one, or say that it is by phone.")
        return lambda: keep_duty(workspace, draft, today)

    def told(self, event: CalendarEvent) -> str:
        return f"{'Changed' if self._uid else 'Added'}: {event.title}. Ctrl+Z takes it back."

    def _show(self, draft: DutyDraft) -> None:
        self.rhythm.show_rhythm(draft.rhythm)
        self.first.show_day(draft.first)
        self.until.begin_at(draft.first)
        self.until.show_day(draft.rhythm.until if isinstance(draft.rhythm, Rhythm) else None)
        self.time.setText(clock(draft.start_s))
        self.minutes.setText(str(draft.minutes))
        self.address.setText("" if is_office(draft.location) else draft.location)
        self.holidays.setChecked(draft.skip_holidays)

    def _follow(self, _news: object = None) -> None:
        self.address.setVisible(self.place.value == _ADDRESS)
        self.until.begin_at(self.first.day or self._today)
        self._pause.start()

    def _preview(self) -> None:
        workspace, today = self._context.workspace, self._today
        try:
            draft = self.draft
        except UserProblem as problem:
            self._not_yet(problem)
            return
        named = replace(draft, title=draft.title or _UNNAMED)
        self._context.runner.run(
            lambda _job: (draft, preview_duty(workspace, named, today)), self._show_preview, self._not_yet, lane="duty preview", latest=True
        )

    def _show_preview(self, found: tuple[DutyDraft, DutyPreview]) -> None:
        draft, preview = found
        lines = clash_lines(preview.clashes) + ([preview.note] if preview.note else [])
        self._say(rhythm_words(draft.rhythm, draft.start_s), next_words(preview), "\n".join(lines))

    def _not_yet(self, error: BaseException) -> None:
        """What is typed so far is no duty yet: what is missing is said quietly, and plainly when it is to be saved."""
        self._say("", str(error) if isinstance(error, UserProblem) else "", "")
        if not isinstance(error, UserProblem):
            self._refused(error)

    def _say(self, told: str, coming: str, clashes: str) -> None:
        for line, text in ((self.said, told), (self.coming, coming), (self.clashes, clashes)):
            line.setText(text)
            line.setVisible(bool(text))
        fit_height(self, WIDTH)

    def _refused(self, error: BaseException) -> None:
        super()._refused(error)
        fit_height(self, WIDTH)


def new_draft(today: date) -> DutyDraft:
    """What a new duty begins as: every week on the weekday of today, at nine, for an hour."""
    return DutyDraft("", today, 9 * 3600, 60, Rhythm(Unit.WEEKS, (min(today.weekday(), 4),)))


def _across(*fields: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for field in fields:
        layout.addWidget(field)
    if not isinstance(fields[-1], QLineEdit):
        layout.addStretch(1)
    return row
