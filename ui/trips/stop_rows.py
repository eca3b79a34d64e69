"""The stops of a trip a line each: the day, the place or account, when she came and left, and how far it was."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.accounts import Account, AccountKind
from planner.model.tracking import TripStop
from planner.model.week import VisitKind
from planner.values import replace
from ui.formats import has_twelve_hours
from ui.trips.drive_dialog import metres_in
from ui.trips.words import typed_far
from ui.visits.fields import Choice, line_edit
from ui.visits.words import seconds_of
from ui.widgets.parts import button, label
from ui.widgets.scrolled import ScrolledLines
from ui.words import clock, near_day

_DAY_PX, _PLACE_PX, _FIGURE_PX, _OUT_PX, _BESIDE_PX = 136, 200, 70, 58, 6
_MOST_HIGH_PX = 250
_LOGGED = "From the visit that is logged; change it there."


class StopRow(QWidget):
    """One stop. A `stop` that is given keeps its day and place; its times are `locked` where a logged visit says them.

    With `was` they are those that really were, else those planned.
    """

    def __init__(self, units: str, stop: TripStop | None = None, *, was: bool = True, locked: bool = False) -> None:
        super().__init__()
        self._units, self._stop, self._was = units, stop, was
        self.day = Choice("Day of the stop")
        self.day.setFixedWidth(_DAY_PX)
        self.place = line_edit("Place or account", "Home, or an account")
        self.place.setMinimumWidth(_PLACE_PX)
        self.came, self.went = line_edit("Arrived", clock(9 * 3600)), line_edit("Left", clock(10 * 3600))
        self.far = line_edit("Kilometres" if units == "kilometres" else "Miles")
        for field in (self.came, self.went, self.far):
            field.setFixedWidth(_figure_px())
        self.out = button("Delete", "link")
        self.out.setAccessibleName("Delete this stop")
        self.out.setFixedWidth(_OUT_PX)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(_BESIDE_PX)
        if stop is None:
            across.addWidget(self.day)
            across.addWidget(self.place, 1)
        else:
            self._show(stop, across, locked=locked)
        for each in (self.came, self.went, self.far):
            across.addWidget(each)
        if stop is None:
            across.addWidget(self.out)
        self._typed = tuple(field.text() for field in (self.came, self.went, self.far))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said of a new stop."""
        return self._stop is None and not any(field.text().strip() for field in (self.place, self.came, self.went, self.far))

    @property
    def is_farther(self) -> bool:
        """Whether another distance is typed than was shown."""
        return self.far.text() != self._typed[2]

    def offer_days(self, days: Sequence[date], chosen: int) -> None:
        """Offer the days of the trip, with one of them chosen by its number."""
        self.day.offer([(day.isoformat(), near_day(day)) for day in days], days[chosen].isoformat())

    def read(self, position: int, accounts: dict[str, Account], *, was: bool) -> TripStop:
        """The stop as it is typed, which really `was` so or is planned; raises UserProblem for what cannot be read.

        `accounts` are those of `by_words`, by what is typed for them in lower case.
        """
        name = self._stop.name if self._stop else self.place.text().strip()
        if not name:
            raise UserProblem("A stop has no place.", remedy="Say where it was, or delete its line.")
        came_s, went_s, metres = self._times(name)
        if self._stop is None:
            account = accounts.get(name.casefold())
            stop = TripStop(position, date.fromisoformat(self.day.value), account.name if account else name)
            if account is not None:
                kind = VisitKind.CARE if account.kind is AccountKind.CLIENT else VisitKind.CAPTURE
                stop = replace(stop, account_id=account.id, place=account.place, kind=kind)
        else:
            stop = self._stop
        if was:
            return replace(stop, came_s=came_s, went_s=went_s, drove_m=metres)
        return replace(stop, arrive_s=came_s, leave_s=went_s, metres=metres)

    def _show(self, stop: TripStop, across: QHBoxLayout, *, locked: bool) -> None:
        day = label(near_day(stop.day), "quiet")
        day.setFixedWidth(_DAY_PX)
        across.addWidget(day)
        across.addWidget(label(stop.name, wrap=True), 1)
        came_s, went_s, metres = _values(stop, was=self._was)
        self.came.setText("" if came_s is None else clock(came_s))
        self.went.setText("" if went_s is None else clock(went_s))
        self.far.setText(typed_far(metres, self._units))
        for field in (self.came, self.went, self.far):
            field.setAccessibleName(f"{field.accessibleName()}, {stop.name}")
            field.setPlaceholderText("")
        for field in (self.came, self.went):
            field.setReadOnly(locked)
            field.setEnabled(not locked)
            field.setToolTip(_LOGGED if locked else "")

    def _times(self, name: str) -> tuple[int | None, int | None, int | None]:
        """When she came and left, and how far it was; what was not touched stays to the second and the metre."""
        kept = _values(self._stop, was=self._was) if self._stop else (None, None, None)
        texts = (self.came.text(), self.went.text(), self.far.text())
        came_s, went_s = (old if text == shown else _seconds(text, name)
                          for text, shown, old in zip(texts[:2], self._typed, kept, strict=False))  # fmt: skip
        if not self.is_farther:
            return came_s, went_s, kept[2]
        what = "Kilometres" if self._units == "kilometres" else "Miles"
        return came_s, went_s, metres_in(texts[2], self._units, what) if texts[2].strip() else None


class StopRows(QWidget):
    """All stops in their order; those of a new trip can be added and deleted."""

    def __init__(self, units: str, accounts: Iterable[Account]) -> None:
        super().__init__()
        self._units = units
        self._accounts = by_words(accounts)
        self._names = QStringListModel([words for words, _account in self._accounts.values()], self)
        self._days: Sequence[date] = ()
        self.rows: list[StopRow] = []
        self.locked: frozenset[int] = frozenset()
        self.add = button("Add stop", "", self._add)
        self.area = ScrolledLines("Stops of the trip", (0, 0, _BESIDE_PX, 0))
        self._column = self.area.lines
        self._column.addStretch(1)
        self.area.setMinimumWidth(_DAY_PX + _PLACE_PX + 3 * _figure_px() + _OUT_PX + 5 * _BESIDE_PX + 24)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._header())
        layout.addWidget(self.area)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def is_farther(self) -> bool:
        """Whether another distance is typed anywhere than was shown."""
        return any(row.is_farther for row in self.rows)

    def show_days(self, days: Sequence[date]) -> None:
        """Offer other days: a stop stays on its day of the trip by number, one on the last day stays on the last."""
        before, self._days = self._days, days
        for row in self.rows:
            at = row.day.currentIndex()
            row.offer_days(days, len(days) - 1 if row is self.rows[-1] and at == len(before) - 1 else min(at, len(days) - 1))

    def _add(self) -> None:
        self.insert().place.setFocus()

    def insert(self, place: str = "") -> StopRow:
        """Add a stop: the first two at the end, others before the last, where the trip is back."""
        row = StopRow(self._units)
        at = max(len(self.rows) - 1, 0) if len(self.rows) > 1 else len(self.rows)
        row.offer_days(self._days, max(self.rows[at - 1].day.currentIndex(), 0) if at else 0)
        row.place.setText(place)
        completer = QCompleter(self._names, row)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        row.place.setCompleter(completer)
        row.out.clicked.connect(lambda _checked=False: self._take_out(row))
        self._put(row, at)
        return row

    def show_stops(self, stops: Sequence[TripStop], locked: frozenset[int], *, was: bool) -> None:
        """Show the stops of a trip that is there; the times of those whose position is in `locked` cannot be typed."""
        self.locked = locked
        self.add.hide()
        for stop in stops:
            self._put(StopRow(self._units, stop, was=was, locked=stop.position in locked), len(self.rows))

    def read(self, *, was: bool) -> tuple[TripStop, ...]:
        """The stops as they are typed, lines without anything left out; raises UserProblem for what cannot be read."""
        accounts = {typed: account for typed, (_words, account) in self._accounts.items()}
        filled = [row for row in self.rows if not row.is_empty]
        stops = [row.read(number, accounts, was=was) for number, row in enumerate(filled)]
        if not self.add.isHidden():
            last = {stop.day: stop for stop in sorted(stops, key=lambda stop: stop.day)}
            # At no account in the middle of a day is an appointment; at its end she is back.
            stops = [stop if stop.account_id or stop is last[stop.day] else replace(stop, kind=VisitKind.DUTY) for stop in stops]
        return tuple(stops)

    def _put(self, row: StopRow, at: int) -> None:
        self.rows.insert(at, row)
        self._column.insertWidget(at, row)
        row.ensurePolished()
        self._fit()

    def _take_out(self, row: StopRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._fit()

    def _fit(self) -> None:
        """As high as the stops, up to a height, and the header as wide as they are beside a scroll bar."""
        high = sum(max(row.sizeHint().height(), 32) + 6 for row in self.rows) + 4
        self.area.setFixedHeight(min(high, _MOST_HIGH_PX))
        bar_px = self.area.verticalScrollBar().sizeHint().width() if high > _MOST_HIGH_PX else 0
        self._beside.setFixedWidth(bar_px + (0 if self.add.isHidden() else _OUT_PX + _BESIDE_PX))

    def _header(self) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 4, 0, 0)
        across.setSpacing(_BESIDE_PX)
        far = "KM" if self._units == "kilometres" else "MILES"
        for text, width in (("DAY", _DAY_PX), ("STOP", 0), *((figure, _figure_px()) for figure in ("ARRIVED", "LEFT", far))):
            head = label(text, "heading")
            if width:
                head.setFixedWidth(width)
            across.addWidget(head, 0 if width else 1)
        self._beside = QWidget()
        across.addWidget(self._beside)
        return row


def _figure_px() -> int:
    return _FIGURE_PX + (20 if has_twelve_hours() else 0)


def by_words(accounts: Iterable[Account]) -> dict[str, tuple[str, Account]]:
    """Accounts with the words to choose them by, by these words in lower case: the name, with the address where several have it."""
    known = list(accounts)
    names = Counter(account.name.casefold() for account in known)
    found: dict[str, tuple[str, Account]] = {}
    for account in known:
        several = names[account.name.casefold()] > 1
        words = f"{account.name} · {account.address.street}, {account.address.city}" if several else account.name
        found.setdefault(words.casefold(), (words, account))
    return found


def _values(stop: TripStop, *, was: bool) -> tuple[int | None, int | None, int | None]:
    return (stop.came_s, stop.went_s, stop.drove_m) if was else (stop.arrive_s, stop.leave_s, stop.metres)


def _seconds(text: str, name: str) -> int | None:
    try:
        return seconds_of(text)
    except ValueError:
        raise UserProblem(f"The time “{text.strip()}” at {name} cannot be read.", remedy="Write it as 14:30 or 2:30 pm.") from None
