"""How often a duty comes back: every so many weeks on some weekdays, or once a month."""

from datetime import date

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.model.rhythm import NTHS, WEEKS, Rhythm, Unit
from ui.visits.fields import Choice
from ui.widgets.parts import button

_OWN = "own"
_UNITS = (
    *((f"w{weeks}", f"{words.capitalize()} week") for weeks, words in WEEKS.items()),
    ("nth", "Every month, on a weekday"),
    ("day", "Every month, on the same date"),
)


class RhythmField(QWidget):
    """A rule that is none of these stays as it is until another is chosen; `changed` tells of every choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rule = ""
        self._weeks = 1
        self.often = Choice("How often")
        self.nth, self.weekday = Choice("Which of the month"), Choice("Weekday")
        self.nth.offer([(str(nth), f"On the {words}") for nth, words in NTHS.items()], "1")
        names = [QLocale(QLocale.Language.English).dayName(number) for number in range(1, 8)]
        self.weekday.offer([(str(number), name) for number, name in enumerate(names)], "0")
        self.days = [button(name[:3], "chip") for name in names]
        self._row = QWidget()
        across = QHBoxLayout(self._row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        for chip, name in zip(self.days, names, strict=True):
            chip.setCheckable(True)
            chip.setAccessibleName(f"On {name}")
            chip.toggled.connect(lambda _on: self.changed.emit())
            across.addWidget(chip)
        across.addStretch(1)
        self._month = QWidget()
        monthly = QHBoxLayout(self._month)
        monthly.setContentsMargins(0, 0, 0, 0)
        monthly.setSpacing(8)
        monthly.addWidget(self.nth)
        monthly.addWidget(self.weekday)
        monthly.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.often, self._row, self._month):
            layout.addWidget(widget)
        for choice in (self.often, self.nth, self.weekday):
            choice.currentIndexChanged.connect(lambda _index: self._follow())
        self.show_rhythm(Rhythm(Unit.WEEKS, (0,)))

    def rhythm(self, first: date, until: date | None) -> Rhythm | str:
        """The rhythm chosen, from a first day to a last one; or the rule that stays as it is."""
        chosen = self.often.value
        if chosen == _OWN:
            return self._rule
        if chosen == "nth":
            return Rhythm(Unit.MONTH_WEEKDAY, (int(self.weekday.value),), nth=int(self.nth.value), until=until)
        if chosen == "day":
            return Rhythm(Unit.MONTH_DAY, month_day=first.day, until=until)
        weekdays = tuple(number for number, chip in enumerate(self.days) if chip.isChecked())
        return Rhythm(Unit.WEEKS, weekdays, int(chosen.removeprefix("w")), until=until)

    def show_rhythm(self, rhythm: Rhythm | str) -> None:
        """Show a rhythm, or that a rule is kept as it is."""
        units, chosen = list(_UNITS), _OWN
        if isinstance(rhythm, str):
            self._rule = rhythm
            units.append((_OWN, "By its own rule, as it is"))
        elif rhythm.unit is Unit.WEEKS:
            chosen = f"w{rhythm.weeks}"
            if rhythm.weeks not in WEEKS:
                units.insert(len(WEEKS), (chosen, f"Every {rhythm.weeks} weeks"))
        else:
            chosen = "nth" if rhythm.unit is Unit.MONTH_WEEKDAY else "day"
        weekdays = rhythm.weekdays if isinstance(rhythm, Rhythm) else ()
        for number, chip in enumerate(self.days):
            chip.setChecked(number in weekdays)
        if isinstance(rhythm, Rhythm) and rhythm.unit is Unit.MONTH_WEEKDAY:
            self.nth.setCurrentIndex(self.nth.findData(str(rhythm.nth)))
            self.weekday.setCurrentIndex(self.weekday.findData(str(weekdays[0])))
        self.often.offer(units, chosen)

    def _follow(self) -> None:
        self._row.setVisible(self.often.value.startswith("w"))
        self._month.setVisible(self.often.value == "nth")
        self.changed.emit()
